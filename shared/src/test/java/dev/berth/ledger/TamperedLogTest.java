package dev.berth.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.HandClock;
import dev.berth.ledger.Tampering.Kind;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.Clock;
import dev.berth.port.Game;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever changes a log behind our back is found out, and the first entry that is not as it should be is named. */
final class TamperedLogTest {
    private static final int TAMPERS = 10_000;
    private static final List<Kind> KINDS = List.of(Kind.values());

    /** Lengths around the bounds of segments, and how many segments are archived. */
    private static final List<int[]> SHAPES = List.of(
            new int[] {1, 0},
            new int[] {2, 0},
            new int[] {30, 0},
            new int[] {501, 0},
            new int[] {501, 1},
            new int[] {640, 1},
            new int[] {1001, 1},
            new int[] {1001, 2},
            new int[] {1120, 2});

    private record Log(Chain chain, Chain stranger, Shelves shelves) {}

    private final List<Log> logs = IntStream.range(0, SHAPES.size())
            .mapToObj(i -> log(SHAPES.get(i)[0], SHAPES.get(i)[1], i))
            .toList();

    private static Log log(int length, int archived, long seed) {
        Chain chain = Chain.of("game", length, seed);
        Shelves shelves = Shelves.of(chain);
        archive(chain, shelves, archived);
        return new Log(chain, Chain.of("stranger", length, seed + 1000), shelves);
    }

    /** So many segments, because no more are old enough. */
    private static void archive(Chain chain, Shelves shelves, int segments) {
        Clock clock = HandClock.at(Chain.finishedAt(segments * 500L).plusMillis(1));
        Shelves.Ports ports = shelves.ports(new Shelves.Watch() {});
        Archived archived = new Archiving(ports, ports, ports, clock, Duration.ZERO)
                .archive(chain.game, chain.head(), clock.now().plusSeconds(1));
        assertThat(archived.segments()).isEqualTo(segments);
        assertThat(archived.bad()).isEmpty();
    }

    private static Verification verified(Chain chain, Shelves shelves) {
        return new Verifier(shelves.ledger(), OneGame.of(chain)).full(chain.game);
    }

    @Test
    void everyTamperIsFoundAndTheFirstBadEntryIsNamed() {
        Map<Kind, Long> done = IntStream.range(0, TAMPERS)
                .parallel()
                .mapToObj(this::foundTamper)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(done.keySet()).containsExactlyInAnyOrder(Kind.values());
        assertThat(done.values()).allMatch(times -> times > 100);
    }

    /** What was done to some log: the first that it allows of what is drawn. */
    private Kind foundTamper(int number) {
        RandomGenerator random = new SplittableRandom(number);
        while (true) {
            Log log = logs.get(random.nextInt(logs.size()));
            Kind kind = KINDS.get(random.nextInt(KINDS.size()));
            Shelves shelves = log.shelves().copy();
            Optional<Long> bad = new Tampering(log.chain(), log.stranger(), shelves, random).tamper(kind);
            if (bad.isPresent()) {
                Verification verification = verified(log.chain(), shelves);
                assertThat(verification.firstBad().map(BadEntry::seq))
                        .as(kind + " number " + number + ": " + verification)
                        .isEqualTo(bad);
                assertThat(verification.entries()).isEqualTo(bad.get() - 1);
                assertThat(verification.holds()).isFalse();
                return kind;
            }
        }
    }

    @Test
    void aLogThatNobodyTouchedHolds() {
        for (int seed = 0; seed < 5; seed++) {
            for (int[] shape : SHAPES) {
                Log log = log(shape[0], shape[1], 100 + seed);

                Verification verification = verified(log.chain(), log.shelves());

                assertThat(verification.problem()).isEmpty();
                assertThat(verification.holds()).isTrue();
                assertThat(verification.entries()).isEqualTo(shape[0]);
                assertThat(verification.read()).isEqualTo(shape[0]);
                assertThat(verification.archived()).isEqualTo(shape[1] * 500L);
            }
        }
    }

    @Test
    void aLogWithoutEntriesHolds() {
        Chain none = Chain.of("game", 0, 0);

        assertThat(verified(none, Shelves.empty()).holds()).isTrue();
    }

    @Test
    void aGameWithoutItsItemDoesNotHold() {
        Log log = logs.get(2);

        Verification verification =
                new Verifier(log.shelves().ledger(), new OneGame(Optional::empty)).full(log.chain().game);

        assertThat(verification.firstBad()).contains(new BadEntry(1, "lies beyond the game's head"));
    }

    @Test
    void aRecordThatIsNotWhatTheEntriesSayIsToldByItsFields() {
        Chain chain = Chain.of("game", 40, 3);
        Game item = OneGame.item(chain);
        Game edited = new Game(
                item.id(),
                item.fence(),
                item.record().map(RuntimeRecord::toBeStopped),
                item.spec(),
                item.head(),
                item.deployment(),
                item.lastRequestedAt(),
                item.dueAt());

        Verification verification =
                new Verifier(Shelves.of(chain).ledger(), new OneGame(() -> Optional.of(edited))).full(chain.game);

        assertThat(verification.firstBad()).isEmpty();
        assertThat(verification.differing()).containsExactly("desired");
        assertThat(verification.holds()).isFalse();
    }
}
