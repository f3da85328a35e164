package dev.berth.contract;

import static dev.berth.contract.StoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.berth.contract.EngineFixture.Behaviour;
import dev.berth.model.ErrorCode;
import dev.berth.model.Sha256;
import dev.berth.port.Container;
import dev.berth.port.Container.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What can be relied on of an engine when a container is to end, or has ended. */
public abstract class ContainerEndContract extends EngineContract {
    protected ContainerEndContract(EngineFixture fixture) {
        super(fixture);
    }

    @Test
    void aContainerThatIsAskedToEndIsDownWhenTheCallReturns() {
        String id = running(Behaviour.SERVES);
        fixture.awaitServing(id);

        host.stop(id, LONG_GRACE);

        assertThat(seen(id).state()).isEqualTo(State.EXITED);
        assertThat(seen(id).exitCode()).contains(0);
        assertThat(seen(id).finishedAt()).isPresent();
    }

    @Test
    void aContainerThatDoesNotHearIsKilledAfterTheGrace() {
        String id = running(Behaviour.IGNORES_SIGNALS);

        host.stop(id, SHORT_GRACE);

        assertThat(seen(id).state()).isEqualTo(State.EXITED);
        assertThat(seen(id).exitCode()).contains(137);
    }

    @Test
    void withoutGraceAContainerIsKilledAtOnce() {
        String id = running(Behaviour.IGNORES_SIGNALS);

        host.stop(id, Duration.ZERO);

        assertThat(seen(id).exitCode()).contains(137);
    }

    @Test
    void aKilledContainerIsDown() {
        String id = running(Behaviour.SERVES);

        host.kill(id);
        fixture.await(() -> !seen(id).state().live());

        assertThat(seen(id).exitCode()).contains(137);
    }

    @Test
    void endingWhatHasEndedChangesNothing() {
        String id = running(Behaviour.SERVES);
        host.stop(id, LONG_GRACE);
        Container before = seen(id);

        host.stop(id, LONG_GRACE);
        host.kill(id);

        assertThat(seen(id)).isEqualTo(before);
    }

    @Test
    void endingWhatNeverRanChangesNothing() {
        String id = created(Behaviour.SERVES);

        host.stop(id, LONG_GRACE);
        host.kill(id);

        assertThat(seen(id).state()).isEqualTo(State.CREATED);
    }

    @Test
    void endingOrRemovingWhatIsGoneIsDoneAlready() {
        String gone = Sha256.hex(name);

        assertThatCode(() -> {
                    host.stop(gone, LONG_GRACE);
                    host.kill(gone);
                    host.remove(gone);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aRunningContainerIsRemovedAndItsNameIsFree() {
        String id = running(Behaviour.SERVES);

        host.remove(id);
        host.remove(id);

        assertThat(host.inspect(id)).isEmpty();
        assertThat(created(Behaviour.SERVES)).isNotEqualTo(id);
    }

    @Test
    void removingTheOldContainerByItsIdLeavesTheNewOneOfTheSameName() {
        String old = created(Behaviour.SERVES);
        host.remove(old);
        String id = running(Behaviour.SERVES);

        host.remove(old);
        host.stop(old, LONG_GRACE);

        assertThat(seen(name).id()).isEqualTo(id);
        assertThat(seen(name).state()).isEqualTo(State.RUNNING);
    }

    // --- output ---

    @Test
    void whatAGoneContainerPrintedCannotBeRead() {
        assertFails(ErrorCode.DOCKER_ERROR, () -> host.logs(Sha256.hex(name), 10));
    }
}
