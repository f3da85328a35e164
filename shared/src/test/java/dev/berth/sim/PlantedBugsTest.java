package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The harness is worth what it finds: each of these mistakes must be caught by some of the first schedules. */
class PlantedBugsTest {
    private static final long WITHIN = 30_000;

    @Test
    void everyPlantedBugIsFoundWithinThirtyThousandSchedules() {
        List<PlantedBug> bugs = Stream.of(PlantedStoreBugs.all(), PlantedEngineBugs.all(), PlantedReplacingBugs.all())
                .flatMap(List::stream)
                .toList();
        List<String> unfound = new ArrayList<>();
        System.out.println("planted bug | found by seed | promise");
        for (PlantedBug bug : bugs) {
            Optional<Found> found = find(bug);
            System.out.println(String.format(
                    Locale.ROOT,
                    "%-48s | %6s | %s",
                    bug,
                    found.map(f -> Long.toString(f.seed())).orElse("never"),
                    found.map(Found::promise).orElse("")));
            if (found.isEmpty()) {
                unfound.add(bug.name());
            }
        }
        assertThat(bugs).hasSizeGreaterThan(30);
        assertThat(unfound).as("bugs that no schedule found").isEmpty();
    }

    private record Found(long seed, String promise) {}

    private static Optional<Found> find(PlantedBug bug) {
        Schedules schedules = new Schedules(bug.setup());
        return LongStream.rangeClosed(1, WITHIN)
                .parallel()
                .mapToObj(seed -> schedules.promiseBrokenBy(seed).map(promise -> new Found(seed, promise)))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
