package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.action.Deployment;
import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.ImageRef;
import dev.berth.model.Job;
import dev.berth.model.JobResult;
import dev.berth.model.Outcome;
import dev.berth.model.StartJob;
import dev.berth.operation.World;
import dev.berth.port.Lease;
import dev.berth.port.Reservation;
import dev.berth.sim.Scenario.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever looks at a game sees how far the pull of its image is, and a stop need not wait for its end. */
class PullOfAnImageTest {
    private static final GameId GAME = new GameId("chess");

    /** An engine that tells three times, five seconds apart, how far a pull is. */
    private static final Faults LONG_PULLS = new Faults() {
        @Override
        public int way(int n) {
            return n == 1 + EngineImages.MOST_REPORTS ? 3 : 0;
        }
    };

    private final List<String> told = new ArrayList<>();
    private final Setup watched = new Setup() {
        @Override
        public World world(World world) {
            return world.with(new OtherGames(world.games()) {
                @Override
                public Opening open(
                        Lease lease,
                        Deployment deployment,
                        String claimKey,
                        Optional<Reservation> reservation,
                        Duration duration) {
                    note(deployment);
                    return super.open(lease, deployment, claimKey, reservation, duration);
                }

                @Override
                public Kept save(Lease lease, Deployment deployment, Duration duration) {
                    note(deployment);
                    return super.save(lease, deployment, duration);
                }
            });
        }
    };

    @Test
    void standsInTheDeploymentOfAStart() {
        Sim sim = run(new Sent(0, start(Images.OTHER)));

        assertThat(sim.results()).extracting(JobResult::outcome).containsExactly(Outcome.SUCCESS);
        assertThat(told).containsExactly("start: 1 of 3", "start: 2 of 3", "start: 3 of 3");
    }

    @Test
    void standsInTheDeploymentOfAPatchWhichIsOpenedForIt() {
        Sim sim = run(
                new Sent(0, start(Images.GOOD)), new Sent(60_000, Jobs.patch(GAME, "j1", at(60_000), Images.OTHER)));

        assertThat(sim.results()).extracting(JobResult::outcome).containsOnly(Outcome.SUCCESS);
        assertThat(told).containsExactly("patch: 1 of 3", "patch: 2 of 3", "patch: 3 of 3");
    }

    @Test
    void isBrokenOffForAStop() {
        Sim sim = run(new Sent(0, start(Images.OTHER)), new Sent(7_000, Jobs.stop(GAME, "j1", at(7_000))));

        assertThat(sim.results().getFirst().failure().orElseThrow().code()).isEqualTo(ErrorCode.EXECUTION_STOPPED);
        assertThat(told).containsExactly("start: 1 of 3", "start: 2 of 3");
        assertThat(sim.calls())
                .extracting(Call::name)
                .anyMatch(call -> call.startsWith("pull "))
                .noneMatch(call -> call.startsWith("end the pull "));
    }

    private static Job start(ImageRef image) {
        StartJob any = Jobs.start(GAME, "j0", SimClock.BEGIN);
        return new StartJob(any.game(), any.request(), image, any.spec(), any.contents());
    }

    private static Instant at(long millis) {
        return SimClock.BEGIN.plusMillis(millis);
    }

    private Sim run(Sent... sent) {
        Sim sim = new Sim(Scenario.of(List.of(sent)), LONG_PULLS, new Trace(false), watched);
        sim.run();
        return sim;
    }

    private void note(Deployment deployment) {
        deployment.progress().ifPresent(progress -> told.add(deployment.action() + ": " + progress));
    }
}
