package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Job;
import dev.berth.model.SettleJob;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Runs many schedules by seed: {@code -Dschedules=1000000 -Dseed=1} runs more of them, or others. */
class RandomSchedulesTest {
    private static final long SCHEDULES = Long.getLong("schedules", 100_000);
    private static final long FIRST_SEED = Long.getLong("seed", 1);

    private final Schedules schedules = new Schedules();

    @Test
    void noScheduleBreaksAPromise() {
        assertThat(schedules.broken(FIRST_SEED, SCHEDULES)).isEmpty();
    }

    @Test
    void whatOnceFailedFailsNoMore() throws IOException {
        assertThat(schedules.brokenAgain("/failing-seeds.txt")).isEmpty();
    }

    @Test
    void everyKindOfJobIsAmongTheSchedules() {
        assertThat(Jobs.generators().keySet())
                .as("a new kind of job needs a generator in Jobs")
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Job.class.getPermittedSubclasses())
                        .<Class<? extends Job>>map(kind -> kind.asSubclass(Job.class))
                        // No message carries it: reconcile makes it by itself.
                        .filter(kind -> kind != SettleJob.class)
                        .toList());
    }
}
