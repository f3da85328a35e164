package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.ImagePolicy;
import dev.berth.model.PullPolicy;
import dev.berth.operation.World;
import dev.berth.sim.Scenario.Sent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A cleanup takes images along that nobody needs any more. */
class CollectedImagesTest {
    private static final GameId GAME = new GameId("chess");
    private static final Setup PULLS_NOTHING = new Setup() {
        @Override
        public World world(World world) {
            return new World(
                    world.stack(),
                    world.games(),
                    world.blobs(),
                    world.hosts(),
                    world.containerHosts(),
                    world.secrets(),
                    new ImagePolicy(List.of(), PullPolicy.NEVER),
                    world.results(),
                    world.telemetry(),
                    world.clock());
        }
    };

    private static Stream<String> left(Setup setup) {
        Scenario scenario = Scenario.of(List.of(
                new Sent(0, Jobs.start(GAME, "j0", SimClock.BEGIN)),
                new Sent(100_000, Jobs.stop(GAME, "j1", SimClock.BEGIN.plusMillis(100_000))),
                new Sent(200_000, Jobs.cleanup(GAME, "j2", SimClock.BEGIN.plusMillis(200_000)))));
        Sim sim = new Sim(scenario, Faults.NONE, new Trace(false), setup);
        sim.run();
        return sim.images().all(new HostId("host-1")).stream()
                .map(image -> image.names().getFirst());
    }

    @Test
    void takesTheImageOfTheGameAlongIfItCanBePulledAgain() {
        assertThat(left(Setup.CORRECT)).isEmpty();
    }

    @Test
    void leavesItWhereNothingIsPulled() {
        assertThat(left(PULLS_NOTHING)).containsExactly(Images.GOOD.value());
    }
}
