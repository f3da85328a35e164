package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.EngineFixture.Behaviour;
import dev.berth.port.Container;
import dev.berth.port.Container.State;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHost.Creation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Containers of one test, which are removed after it. */
public abstract class EngineContract {
    static final Duration LONG_GRACE = Duration.ofSeconds(10);
    static final Duration SHORT_GRACE = Duration.ofSeconds(1);

    final EngineFixture fixture;
    final ContainerHost host;
    final String name = Samples.unique("contract");
    final List<String> toRemove = new ArrayList<>();

    EngineContract(EngineFixture fixture) {
        this.fixture = fixture;
        this.host = fixture.host();
    }

    @AfterEach
    void removeWhatIsLeft() {
        toRemove.forEach(host::remove);
    }

    final String created(Behaviour behaviour) {
        Creation creation = host.create(fixture.plan(name, behaviour));
        assertThat(creation).isInstanceOf(Creation.Created.class);
        String id = ((Creation.Created) creation).id();
        toRemove.add(id);
        return id;
    }

    final String running(Behaviour behaviour) {
        String id = created(behaviour);
        host.start(id);
        assertThat(seen(id).state()).isEqualTo(State.RUNNING);
        return id;
    }

    final Container seen(String idOrName) {
        return host.inspect(idOrName).orElseThrow();
    }
}
