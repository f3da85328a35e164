package dev.berth.contract;

import static dev.berth.contract.StoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.EngineFixture.Behaviour;
import dev.berth.model.Endpoint;
import dev.berth.model.ErrorCode;
import dev.berth.model.ImageRef;
import dev.berth.model.Protocol;
import dev.berth.model.Sha256;
import dev.berth.port.Container;
import dev.berth.port.Container.State;
import dev.berth.port.ContainerHost.Creation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be relied on of an engine, up to a container that runs. */
public abstract class ContainerHostContract extends EngineContract {
    protected ContainerHostContract(EngineFixture fixture) {
        super(fixture);
    }

    // --- images ---

    @Test
    void anImageIsFoundWithItsIdAndADigest() {
        assertThat(host.findImage(fixture.image()))
                .hasValueSatisfying(image -> assertThat(List.of(image.id(), image.digest()))
                        .allSatisfy(digest -> assertThat(digest).startsWith("sha256:")));
    }

    @Test
    void anImageThatTheEngineDoesNotHaveIsNotFound() {
        assertThat(host.findImage(new ImageRef("nobody/has-this:1.0.0"))).isEmpty();
    }

    // --- creating and looking ---

    @Test
    void aCreatedContainerIsSeenByIdAndByNameAndDoesNotRun() {
        String id = created(Behaviour.SERVES);

        Container container = seen(id);
        assertThat(container).isEqualTo(seen(name));
        assertThat(container.id()).isEqualTo(id);
        assertThat(container.name()).isEqualTo(name);
        assertThat(container.state()).isEqualTo(State.CREATED);
        assertThat(container.exitCode()).isEmpty();
        assertThat(container.startedAt()).isEmpty();
        assertThat(container.finishedAt()).isEmpty();
        assertThat(container.health()).isEmpty();
        assertThat(container.endpoints()).isEmpty();
    }

    @Test
    void labelsAreKeptAsTheyAre() {
        assertThat(seen(created(Behaviour.SERVES)).labels())
                .containsAllEntriesOf(fixture.plan(name, Behaviour.SERVES).labels());
    }

    @Test
    void aNameIsGivenOnce() {
        String id = created(Behaviour.SERVES);

        assertThat(host.create(fixture.plan(name, Behaviour.FAILS))).isEqualTo(new Creation.NameTaken());
        assertThat(seen(name).id()).isEqualTo(id);
    }

    @Test
    void aForeignContainerKeepsItsName() {
        fixture.intrude(name);
        Container foreign = seen(name);
        toRemove.add(foreign.id());

        assertThat(host.create(fixture.plan(name, Behaviour.SERVES))).isEqualTo(new Creation.NameTaken());

        assertThat(seen(name)).isEqualTo(foreign);
        assertThat(foreign.state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aContainerThatIsNotThereIsNotSeen() {
        assertThat(host.inspect(name)).isEmpty();
        assertThat(host.inspect(Sha256.hex(name))).isEmpty();
    }

    // --- starting ---

    @Test
    void aStartedContainerRunsAndAnswersWhereItSays() {
        Container container = seen(running(Behaviour.SERVES));

        assertThat(container.startedAt()).isPresent();
        assertThat(container.finishedAt()).isEmpty();
        assertThat(container.exitCode()).isEmpty();
        assertThat(container.endpoints()).singleElement().satisfies(endpoint -> {
            assertThat(endpoint).isEqualTo(new Endpoint(8080, Protocol.TCP, "127.0.0.1", endpoint.port()));
            assertThat(endpoint.port()).isBetween(1, 65_535);
        });
    }

    @Test
    void startingAStartedContainerChangesNothing() {
        String id = running(Behaviour.SERVES);
        Container before = seen(id);

        host.start(id);

        assertThat(seen(id)).isEqualTo(before);
    }

    @Test
    void aContainerThatTheEngineRefusesToStartDoesNotRun() {
        String id = created(Behaviour.CANNOT_START);

        assertFails(ErrorCode.CONTAINER_START_FAILED, () -> host.start(id));

        assertThat(seen(id).state().live()).isFalse();
    }

    @Test
    void aContainerThatIsGoneCannotBeStarted() {
        assertFails(ErrorCode.DOCKER_ERROR, () -> host.start(Sha256.hex(name)));
    }

    @Test
    void aContainerThatEndsByItselfTellsItsExitCode() {
        String id = created(Behaviour.FAILS);
        host.start(id);
        fixture.await(() -> !seen(id).state().live());

        Container container = seen(id);
        assertThat(container.state()).isEqualTo(State.EXITED);
        assertThat(container.exitCode()).contains(1);
        assertThat(container.oomKilled()).isFalse();
        assertThat(container.finishedAt()).isPresent();
        assertThat(container.endpoints()).isEmpty();
    }

    @Test
    void anEndedContainerCanBeStartedAgain() {
        String id = running(Behaviour.SERVES);
        host.stop(id, LONG_GRACE);

        host.start(id);

        assertThat(seen(id).state()).isEqualTo(State.RUNNING);
        assertThat(seen(id).exitCode()).isEmpty();
    }
}
