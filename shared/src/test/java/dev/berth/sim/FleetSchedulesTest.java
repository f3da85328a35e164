package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of a fleet: several hosts, reconciled every minute, with partitions, power cuts, people who use games,
 * remove and run containers by hand, and operators who drain hosts and declare them lost.
 */
class FleetSchedulesTest {
    private static final long SCHEDULES = Long.getLong("fleet.schedules", 100_000);
    private static final long FIRST_SEED = Long.getLong("seed", 1);

    private final Schedules schedules = new Schedules(Setup.CORRECT, Scenario::randomFleet);

    @Test
    void noScheduleOfAFleetBreaksAPromise() {
        assertThat(schedules.broken(FIRST_SEED, SCHEDULES)).isEmpty();
    }

    @Test
    void whatOnceFailedFailsNoMore() throws IOException {
        assertThat(schedules.brokenAgain("/failing-fleets.txt")).isEmpty();
    }
}
