package dev.berth.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the entries say that the record was. */
final class ReplayTest {
    private static final Duration AGE = Duration.ofDays(1);

    private final Chain chain = Chain.of("game", 1_100, 5);
    private final Shelves table = Shelves.of(chain);
    private final Shelves archived = archived(chain);

    private static Shelves archived(Chain chain) {
        Shelves shelves = Shelves.of(chain);
        Shelves.Ports ports = shelves.ports(new Shelves.Watch() {});
        HandClock clock =
                HandClock.at(Chain.finishedAt(chain.length()).plus(AGE).plusMillis(1));
        new Archiving(ports, ports, ports, clock, AGE)
                .archive(chain.game, chain.head(), clock.now().plusSeconds(1));
        return shelves;
    }

    @Test
    void everyEarlierStateIsTheRecordOfThatTime() {
        for (Shelves shelves : new Shelves[] {table, archived}) {
            Replay replay = new Replay(shelves.ledger());
            for (long seq = 0; seq <= chain.length(); seq += seq < 30 || seq > 1_090 ? 1 : 33) {
                Replayed replayed = replay.at(chain.game, seq);

                assertThat(replayed.record()).as("after entry " + seq).isEqualTo(chain.record(seq));
                assertThat(replayed.seq()).isEqualTo(seq);
                assertThat(replayed.isCertain()).isTrue();
                assertThat(replayed.firstBad()).isEmpty();
            }
        }
    }

    @Test
    void atATimeItIsWhatTheLastFinishedEntryLeft() {
        for (Shelves shelves : new Shelves[] {table, archived}) {
            Replay replay = new Replay(shelves.ledger());
            for (long seq : new long[] {1, 2, 499, 500, 501, 999, 1_000, 1_001, 1_099}) {
                assertThat(replay.at(chain.game, Chain.finishedAt(seq)).seq()).isEqualTo(seq);
                assertThat(replay.at(chain.game, Chain.finishedAt(seq + 1).minusMillis(1))
                                .seq())
                        .isEqualTo(seq);
            }
            assertThat(replay.at(chain.game, Chain.finishedAt(1).minusMillis(1)).record())
                    .isEmpty();
            assertThat(replay.at(chain.game, Chain.finishedAt(9_999)).seq()).isEqualTo(1_100);
        }
    }

    @Test
    void onlyWhatIsNewSinceTheLastSegmentIsRead() {
        Replay replay = new Replay(archived.ledger());

        assertThat(replay.end(chain.game).read()).isEqualTo(100);
        assertThat(replay.at(chain.game, 1_000).read()).isZero();
        assertThat(replay.at(chain.game, 999).read()).isEqualTo(499);
        assertThat(new Verifier(archived.ledger(), OneGame.of(chain))
                        .sinceCheckpoint(chain.game)
                        .read())
                .isEqualTo(100);
    }

    @Test
    void entriesOfAnUnknownKindOrVersionAreCountedAndTold() {
        Chain mixed = Chain.of("game", 20, 7);
        while (mixed.entry(mixed.length()).entry().orElseThrow().change().isEmpty()) {
            mixed.append();
        }
        long known = mixed.length();
        mixed.appendUnknown("version", "2");
        mixed.appendUnknown("op_kind", "snapshot");
        Shelves shelves = Shelves.of(mixed);

        Replayed replayed = new Replay(shelves.ledger()).end(mixed.game);

        assertThat(replayed.record()).isEqualTo(mixed.record(known));
        assertThat(replayed.uncertainSince()).contains(known + 1);
        assertThat(replayed.unreadable().count()).isEqualTo(2);
        assertThat(replayed.unreadable().first()).extracting(BadEntry::seq).containsExactly(known + 1, known + 2);
        assertThat(replayed.unreadable().first().get(0).text()).contains("version");
        assertThat(replayed.unreadable().first().get(1).text()).contains("op_kind");
        Verification verification = new Verifier(shelves.ledger(), OneGame.of(mixed)).full(mixed.game);
        assertThat(verification.holds()).isTrue();
        assertThat(verification.unreadable().count()).isEqualTo(2);
    }

    @Test
    void theNextChangeMakesTheRecordCertainAgain() {
        Chain mixed = Chain.of("game", 5, 7);
        mixed.appendUnknown("version", "2");
        while (mixed.append().entry().orElseThrow().change().isEmpty()) {
            assertThat(new Replay(Shelves.of(mixed).ledger()).end(mixed.game).isCertain())
                    .isFalse();
        }

        Replayed replayed = new Replay(Shelves.of(mixed).ledger()).end(mixed.game);

        assertThat(replayed.isCertain()).isTrue();
        assertThat(replayed.unreadable().count()).isEqualTo(1);
        assertThat(replayed.record()).isEqualTo(mixed.record(mixed.length()));
    }

    @Test
    void whatIsNotInOrderIsToldAndTheRestTakenAsItStands() {
        Shelves shelves = table.copy();
        shelves.rows.remove(40L);

        Replayed replayed = new Replay(shelves.ledger()).end(chain.game);

        assertThat(replayed.firstBad().map(BadEntry::seq)).contains(40L);
        assertThat(replayed.record()).isEqualTo(chain.record(1_100));
    }
}
