package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.EngineFixture.Behaviour;
import dev.berth.model.Sha256;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost.About;
import dev.berth.port.ContainerHost.Usage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an engine tells of itself, of what a container was made of, and of what it uses. */
public abstract class EngineTellingContract extends EngineContract {
    protected EngineTellingContract(EngineFixture fixture) {
        super(fixture);
    }

    @Test
    void aContainerTellsItsImageAndExactlyWhatItWasGiven() {
        Container container = seen(created(Behaviour.SERVES));

        assertThat(container.image())
                .isEqualTo(host.findImage(fixture.image()).orElseThrow().id());
        assertThat(container.resources())
                .contains(fixture.plan(name, Behaviour.SERVES).spec().resources());
    }

    @Test
    void aContainerTellsByTheEnginesClockWhenItWasCreated() {
        Instant before = host.about().time();
        String id = created(Behaviour.SERVES);

        assertThat(seen(id).createdAt())
                .isBetween(before.truncatedTo(ChronoUnit.MILLIS), host.about().time());
        host.start(id);
        assertThat(seen(id).createdAt()).isEqualTo(seen(name).createdAt());
    }

    @Test
    void aListTellsImageAndSecondOfCreationAndNothingThatNeedsALookAtEach() {
        String id = running(Behaviour.SERVES);
        host.stop(id, SHORT_GRACE);
        Container seen = seen(id);

        assertThat(host.list(fixture.plan(name, Behaviour.SERVES).labels()))
                .singleElement()
                .satisfies(listed -> {
                    assertThat(listed.image()).isEqualTo(seen.image());
                    assertThat(listed.createdAt()).isEqualTo(seen.createdAt().truncatedTo(ChronoUnit.SECONDS));
                    assertThat(listed.resources()).isEmpty();
                    assertThat(listed.exitCode()).isEmpty();
                    assertThat(listed.startedAt()).isEmpty();
                    assertThat(listed.finishedAt()).isEmpty();
                });
    }

    @Test
    void ofAContainerThatNobodyGaveLimitsNoneAreTold() {
        fixture.intrude(name);
        toRemove.add(seen(name).id());

        assertThat(seen(name).resources()).isEmpty();
    }

    @Test
    void aRunningContainerTellsWhatItUses() {
        Usage usage = host.usage(running(Behaviour.SERVES)).orElseThrow();

        assertThat(usage.processors()).isBetween(0.0, (double) host.about().processors());
        assertThat(usage.memoryLimit())
                .isEqualTo(fixture.plan(name, Behaviour.SERVES)
                        .spec()
                        .resources()
                        .memory()
                        .bytes());
        assertThat(usage.memoryBytes()).isBetween(1L, usage.memoryLimit());
    }

    @Test
    void aContainerThatDoesNotRunUsesNothing() {
        String id = created(Behaviour.SERVES);
        assertThat(host.usage(id)).isEqualTo(Optional.empty());

        host.start(id);
        host.stop(id, SHORT_GRACE);
        assertThat(host.usage(id)).isEqualTo(Optional.empty());

        host.remove(id);
        assertThat(host.usage(id)).isEqualTo(Optional.empty());
        assertThat(host.usage(Sha256.hex(name))).isEqualTo(Optional.empty());
    }

    @Test
    void anEngineTellsOfItself() {
        About about = host.about();

        assertThat(about.id()).isNotBlank();
        assertThat(about.version()).isNotBlank();
        assertThat(about.apiVersion()).matches("\\d+\\.\\d+");
        assertThat(about.storageDriver()).isNotBlank();
        assertThat(about.processors()).isPositive();
        assertThat(about.memoryBytes()).isPositive();
        assertThat(about.certificatesEnd()).isAfter(about.time()).isEqualTo(host.certificatesEnd());
        assertThat(host.about().id()).isEqualTo(about.id());
        assertThat(host.about().time()).isAfterOrEqualTo(about.time());
    }
}
