package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.OpKind;
import dev.berth.model.RuntimeStatus;
import dev.berth.wire.JobJson;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What is there is said of one engine: not of another one at its place, and not of one that is not registered any more. */
@ExtendWith(Fleet.Provided.class)
@ResourceLock(value = Fleet.ENGINES, mode = ResourceAccessMode.READ)
class HostIdentityIT {
    private static final HostId HOST = Fleet.HOSTS.getFirst();

    private final LocalFleet fleet;
    private final FleetTruth truth;

    HostIdentityIT(Fleet engines) {
        fleet = new LocalFleet(engines);
        truth = new FleetTruth(fleet);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void whatAnotherEngineLacksIsNotTakenForGone() {
        GameId game = fleet.started(HOST);
        fleet.at(HOST).remove(fleet.container(game));
        fleet.hosts.register(fleet.host(HOST).withEngine(Optional.of("somebody else's")));

        fleet.sweepTwice();
        assertThat(fleet.record(game).status()).isEqualTo(RuntimeStatus.RUNNING);
        assertThat(fleet.host(HOST).notes().silentSince()).isPresent();

        fleet.hosts.register(fleet.host(HOST).withEngine(Optional.empty()));
        fleet.sweepTwice();
        assertThat(fleet.record(game).status()).isEqualTo(RuntimeStatus.REMOVED);
        truth.assertRight();
    }

    @Test
    void aGameWhoseVolumesWentWithTheirHostStartsAgainOnceTheyAreGivenUp() {
        GameId game = fleet.onlyOn(
                HOST,
                () -> fleet.started(spec -> spec.putArray("volumes")
                        .addObject()
                        .put("name", "world")
                        .put("path", "/world")));
        fleet.done(OpKind.STOP, fleet.message(game));
        fleet.done(OpKind.CLEANUP_CONTAINER, fleet.message(game));
        assertThat(fleet.hosts.remove(fleet.host(HOST))).isTrue();

        assertThat(failureOfStart(game)).contains(ErrorCode.CONFLICT);
        fleet.done(
                OpKind.CLEANUP_CONTAINER,
                fleet.message(game).put("op_source", "admin_rest").put("purge_volumes", true));
        assertThat(failureOfStart(game)).isEmpty();
        assertThat(fleet.hostOf(game)).isNotEqualTo(HOST);
    }

    private Optional<ErrorCode> failureOfStart(GameId game) {
        String message = fleet.message(game).put("image_ref", fleet.fleet.image).toString();
        return fleet.finish(JobJson.read(OpKind.START, message, "message", fleet.clock.now()))
                .failure()
                .map(Failure::code);
    }
}
