package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The harness is worth what it finds: each of these mistakes must be caught by some of the first schedules. */
class PlantedBugsTest {
    private static final long WITHIN = 30_000;
    private static final long WITHIN_OF_A_FLEET = 20_000;

    /** Most are found soon: there is no need to begin with the last ones too. */
    private static final long AT_ONCE = 64;

    @Test
    void everyPlantedBugIsFoundWithinThirtyThousandSchedules() {
        List<PlantedBug> bugs = Stream.of(PlantedStoreBugs.all(), PlantedEngineBugs.all(), PlantedReplacingBugs.all())
                .flatMap(List::stream)
                .toList();
        assertThat(bugs).hasSizeGreaterThan(30);
        assertThat(unfound(bugs, Scenario::random, WITHIN))
                .as("bugs that no schedule found")
                .isEmpty();
    }

    @Test
    void everyBugPlantedInAFleetIsFoundWithinTwentyThousandSchedules() {
        List<PlantedBug> bugs = PlantedFleetBugs.all();
        assertThat(bugs).hasSizeGreaterThan(15);
        assertThat(unfound(bugs, Scenario::randomFleet, WITHIN_OF_A_FLEET))
                .as("bugs that no schedule of a fleet found")
                .isEmpty();
    }

    private record Found(long seed, String promise) {}

    private static List<String> unfound(List<PlantedBug> bugs, Function<Choices, Scenario> scenarios, long within) {
        List<String> unfound = new ArrayList<>();
        System.out.println("planted bug | found by seed | promise");
        for (PlantedBug bug : bugs) {
            Optional<Found> found = find(bug, scenarios, within);
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
        return unfound;
    }

    private static Optional<Found> find(PlantedBug bug, Function<Choices, Scenario> scenarios, long within) {
        Schedules schedules = new Schedules(bug.setup(), scenarios);
        Optional<Found> found = Optional.empty();
        for (long from = 1; from <= within && found.isEmpty(); from += AT_ONCE) {
            found = LongStream.range(from, from + AT_ONCE)
                    .parallel()
                    .mapToObj(seed -> schedules.promiseBrokenBy(seed).map(promise -> new Found(seed, promise)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return found;
    }
}
