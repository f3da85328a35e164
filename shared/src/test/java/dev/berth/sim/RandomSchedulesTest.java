package dev.berth.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Job;
import dev.berth.model.SettleJob;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
        List<String> broken = known().map(line -> line.substring(0, line.indexOf(':')))
                .map(known -> known.contains("=") ? schedules.replay(known) : schedules.run(Long.parseLong(known)))
                .flatMap(Optional::stream)
                .map(Schedules.Failing::report)
                .toList();
        assertThat(broken).isEmpty();
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

    private static Stream<String> known() throws IOException {
        try (InputStream file = RandomSchedulesTest.class.getResourceAsStream("/failing-seeds.txt")) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList().stream();
        }
    }
}
