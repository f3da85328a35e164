package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of a fleet: several hosts, reconciled every minute, with partitions, power cuts, people who remove and
 * run containers by hand, and operators who drain hosts and declare them lost.
 */
class FleetSchedulesTest {
    private static final long SCHEDULES = Long.getLong("fleet.schedules", 100_000);
    private static final long FIRST_SEED = Long.getLong("seed", 1);

    /** A host that came back while its game was on its way; a cleanup that was due every minute; a name beside a name. */
    private static final long[] ONCE_FAILED = {136455, 302653, 69196, 2587};

    private final Schedules schedules = new Schedules(Setup.CORRECT, Scenario::randomFleet);

    @Test
    void noScheduleOfAFleetBreaksAPromise() {
        assertThat(schedules.broken(FIRST_SEED, SCHEDULES)).isEmpty();
    }

    @Test
    void whatOnceFailedFailsNoMore() {
        assertThat(LongStream.of(ONCE_FAILED)
                        .mapToObj(schedules::run)
                        .flatMap(Optional::stream)
                        .map(Schedules.Failing::report))
                .isEmpty();
    }
}
