package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.OpKind;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A host that an operator has given up and that comes back all the same. */
@ExtendWith(Fleet.Provided.class)
@ResourceLock(Fleet.ENGINES)
class GivenUpIT {
    private static final HostId HOST = Fleet.HOSTS.getFirst();

    private final LocalFleet fleet;
    private final FleetTruth truth;

    GivenUpIT(Fleet engines) {
        fleet = new LocalFleet(engines);
        truth = new FleetTruth(fleet);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void aGameThatRunsElsewhereByThenStaysThereAndItsOldContainerIsSetAside() {
        GameId game = fleet.onlyOn(HOST, () -> fleet.started(_ -> {}));
        String old = fleet.container(game);
        fleet.freeze(HOST);
        fleet.change(HOST, HostState.LOST, fleet.host(HOST).notes().withGivenUp(true));
        fleet.sweep();
        assertThat(fleet.record(game).status()).isEqualTo(RuntimeStatus.LOST);
        ObjectNode again = fleet.message(game).put("image_ref", fleet.fleet.image);
        fleet.done(OpKind.START, again);
        RuntimeRecord elsewhere = fleet.record(game);
        assertThat(elsewhere.status()).isEqualTo(RuntimeStatus.RUNNING);
        assertThat(fleet.hostOf(game)).isNotEqualTo(HOST);
        assertThat(fleet.host(HOST).state()).isEqualTo(HostState.LOST);

        fleet.thaw(HOST);
        fleet.sweepTwice();
        assertThat(fleet.host(HOST).state()).isEqualTo(HostState.ACTIVE);
        assertThat(fleet.host(HOST).notes().givenUp()).isFalse();
        assertThat(fleet.at(HOST).isRunning(old)).isFalse();
        assertThat(fleet.at(HOST).name(old))
                .isEqualTo(fleet.stack + "_" + game + ".quarantine-" + old.substring(0, 12));
        assertThat(fleet.record(game)).isEqualTo(elsewhere);
        truth.assertRight();
    }
}
