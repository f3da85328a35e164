package dev.berth.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.contract.HandClock;
import dev.berth.model.LoggedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Archiving, killed at each of its requests and with others at work: nothing is lost, and nothing is there twice. */
final class ArchivingTest {
    private static final Duration AGE = Duration.ofDays(30);

    private final Chain chain = Chain.of("game", 1_010, 1);
    private final Instant later = Chain.finishedAt(1_010).plus(AGE).plusMillis(1);
    private final Shelves before = Shelves.of(chain);
    private final Shelves after = archived(before.copy());

    private static final Shelves.Watch NOBODY = new Shelves.Watch() {};

    private Archived archive(Shelves shelves, Shelves.Watch watch, Instant now) {
        Shelves.Ports ports = shelves.ports(watch);
        return new Archiving(ports, ports, ports, HandClock.at(now), AGE)
                .archive(chain.game, chain.head(), now.plusSeconds(1));
    }

    private Shelves archived(Shelves shelves) {
        assertThat(archive(shelves, NOBODY, later)).satisfies(done -> {
            assertThat(done.segments()).isEqualTo(2);
            assertThat(done.entries()).isEqualTo(1_000);
            assertThat(done.bad()).isEmpty();
        });
        return shelves;
    }

    private void assertWhole(Shelves shelves, String when) {
        assertThat(seqs(shelves)).as(when).isEqualTo(chain.entries());
    }

    private List<LoggedEntry> seqs(Shelves shelves) {
        return shelves.ledger()
                .read(chain.game, 0)
                .flatMap(found ->
                        found instanceof Found.Entry(LoggedEntry entry, boolean _) ? Stream.of(entry) : Stream.empty())
                .toList();
    }

    @Test
    void fullSegmentsThatAreOldEnoughLeaveTheTable() {
        assertThat(after.rows.firstKey()).isEqualTo(1_001);
        assertThat(after.declared.keySet()).containsExactly(1L, 501L);
        assertThat(after.declared.lastEntry().getValue().state()).isEqualTo(chain.record(1_000));
        assertThat(new Verifier(after.ledger(), OneGame.of(chain))
                        .full(chain.game)
                        .holds())
                .isTrue();
    }

    @Test
    void whatIsYoungerStays() {
        Shelves shelves = before.copy();
        Instant firstIsOld = Chain.finishedAt(500).plus(AGE);

        assertThat(archive(shelves, NOBODY, firstIsOld)).isEqualTo(Archived.NOTHING);
        assertThat(archive(shelves, NOBODY, firstIsOld.plusMillis(1)).segments())
                .isEqualTo(1);
        assertThat(shelves.rows.firstKey()).isEqualTo(501);
    }

    @Test
    void theHeadStaysWhateverItsAge() {
        Chain full = Chain.of("game", 500, 2);
        Shelves shelves = Shelves.of(full);
        Shelves.Ports ports = shelves.ports(NOBODY);

        Archived done = new Archiving(ports, ports, ports, HandClock.at(later), AGE)
                .archive(full.game, full.head(), later.plusSeconds(1));

        assertThat(done).isEqualTo(Archived.NOTHING);
        assertThat(shelves.rows).hasSize(500);
    }

    @Test
    void nothingIsBegunAfterTheEndOfItsTime() {
        Shelves shelves = before.copy();
        Shelves.Ports ports = shelves.ports(NOBODY);

        new Archiving(ports, ports, ports, HandClock.at(later), AGE).archive(chain.game, chain.head(), later);

        assertThat(shelves.equal(before)).isTrue();
    }

    @Test
    void killedAtEachRequestTheNextRunEndsAsOneThatWasNot() {
        int kills = 0;
        for (boolean afterwards : List.of(false, true)) {
            for (int at = 0; ; at++) {
                Shelves shelves = before.copy();
                Shelves.Watch dying = new Dying(at, afterwards);
                try {
                    archive(shelves, dying, later);
                    break;
                } catch (Dying.Killed killed) {
                    kills++;
                }
                assertWhole(shelves, "killed at " + at + (afterwards ? " afterwards" : ""));

                assertThat(archive(shelves, NOBODY, later).bad()).isEmpty();

                assertThat(shelves.equal(after)).as("killed at " + at).isTrue();
            }
        }
        assertThat(kills).isGreaterThan(40);
    }

    @Test
    void twoThatAreAtItAtOnceInAnyOrderEndAsOne() throws InterruptedException {
        int requests = requests();
        for (int first = 0; first <= requests; first++) {
            for (int second = 0; second <= requests; second += 3) {
                Shelves shelves = before.copy();
                Turns turns = new Turns(first, second);
                List<Throwable> thrown = new ArrayList<>();
                Thread one = runs(shelves, turns.one(), thrown);
                Thread other = runs(shelves, turns.other(), thrown);
                one.join();
                other.join();

                assertThat(thrown).as(first + " and " + second).isEmpty();
                assertWhole(shelves, first + " and " + second);
                assertThat(shelves.equal(after)).as(first + " and " + second).isTrue();
            }
        }
    }

    private Thread runs(Shelves shelves, Turns.Turn turn, List<Throwable> thrown) {
        return Thread.ofPlatform().start(() -> {
            try {
                turn.begin();
                assertThat(archive(shelves, turn, later).bad()).isEmpty();
            } catch (RuntimeException | AssertionError failure) {
                thrown.add(failure);
            } finally {
                turn.end();
            }
        });
    }

    private int requests() {
        int[] requests = new int[1];
        archive(
                before.copy(),
                new Shelves.Watch() {
                    @Override
                    public void after() {
                        requests[0]++;
                    }
                },
                later);
        return requests[0];
    }

    @Test
    void anyoneMayReadWhileItIsAtWork() {
        Shelves shelves = before.copy();
        archive(
                shelves,
                new Shelves.Watch() {
                    @Override
                    public void after() {
                        assertWhole(shelves, "in between");
                    }
                },
                later);
    }

    @Test
    void itMayBeAtWorkWhileSomebodyReads() {
        for (int reading = 0; reading < 8; reading++) {
            for (int archiving = 0; archiving <= requests(); archiving += 2) {
                Shelves shelves = before.copy();
                Shelves.Watch watch = at(reading, archiver(shelves, archiving));
                Shelves.Ports ports = shelves.ports(watch);

                Verification verification = new Verifier(new Ledger(ports, ports), OneGame.of(chain)).full(chain.game);

                assertThat(verification.problem())
                        .as(reading + " and " + archiving)
                        .isEmpty();
                assertThat(verification.read()).isEqualTo(1_010);
            }
        }
    }

    private Runnable archiver(Shelves shelves, int requests) {
        return () -> {
            try {
                archive(shelves, new Dying(requests, false), later);
            } catch (Dying.Killed halfDone) {
                assertThat(shelves.rows).isNotEmpty();
            }
        };
    }

    private static Shelves.Watch at(int request, Runnable meanwhile) {
        int[] requests = new int[1];
        return new Shelves.Watch() {
            @Override
            public void before() {
                if (requests[0]++ == request) {
                    meanwhile.run();
                }
            }
        };
    }

    @Test
    void whatAnOperationCommitsMeanwhileIsReadToo() {
        for (int reading = 0; reading < 8; reading++) {
            Chain growing = Chain.of("game", 1_010, 1);
            Shelves shelves = Shelves.of(growing);
            Shelves.Ports ports = shelves.ports(at(reading, () -> {
                LoggedEntry added = growing.append();
                shelves.rows.put(added.seq(), added);
            }));

            Verification verification = new Verifier(new Ledger(ports, ports), OneGame.of(growing)).full(growing.game);

            assertThat(verification.problem()).as("at " + reading).isEmpty();
        }
    }

    @Test
    void aLogThatIsNotInOrderIsLeftAlone() {
        Shelves shelves = before.copy();
        shelves.rows.put(700L, chain.entry(701));
        shelves.rows.remove(300L);

        Archived done = archive(shelves, NOBODY, later);

        assertThat(done.bad().map(BadEntry::seq)).contains(300L);
        assertThat(shelves.declared).isEmpty();
        assertThat(shelves.rows).hasSize(1_009);
    }

    @Test
    void nothingIsRemovedThatTheArchiveDoesNotGiveBack() {
        for (boolean declared : List.of(false, true)) {
            Shelves shelves = before.copy();
            byte[] object = after.objects.firstEntry().getValue().clone();
            object[object.length / 2] ^= 1;
            shelves.objects.put(1L, object);
            if (declared) {
                shelves.declared.put(1L, after.declared.get(1L));
            }

            Archived done = archive(shelves, NOBODY, later);

            assertThat(done.bad()).isPresent();
            assertThat(shelves.rows).hasSize(1_010);
        }
    }

    @Test
    void aSegmentThatIsDeclaredOtherwiseKeepsItsRows() {
        Shelves shelves = before.copy();
        shelves.objects.put(1L, after.objects.get(1L));
        shelves.declared.put(1L, after.declared.get(501L));

        archive(shelves, NOBODY, later);

        assertThat(shelves.rows).hasSize(1_010);
    }

    @Test
    void aRowThatIsNotAsInTheArchiveStays() {
        Shelves shelves = before.copy();
        shelves.objects.put(1L, after.objects.get(1L));
        shelves.declared.put(1L, after.declared.get(1L));
        shelves.rows.put(9L, Chain.hashed(Chain.json(chain.entry(9)).put("source_ref", "by hand")));

        Archived done = archive(shelves, NOBODY, later);

        assertThat(done.bad().map(BadEntry::seq)).contains(9L);
        assertThat(shelves.rows).hasSize(1_010);
    }

    @Test
    void aSegmentWhoseStateNobodyCanTellWaits() {
        Chain unknown = Chain.of("game", 499, 1);
        unknown.appendUnknown("version", "2");
        unknown.append();
        Shelves shelves = Shelves.of(unknown);
        Shelves.Ports ports = shelves.ports(NOBODY);

        Archived done = new Archiving(ports, ports, ports, HandClock.at(later), AGE)
                .archive(unknown.game, unknown.head(), later.plusSeconds(1));

        assertThat(done).isEqualTo(Archived.NOTHING);
        assertThat(shelves.rows).hasSize(501);
    }

    @Test
    void withoutTheSegmentBeforeNothingIsArchived() {
        Shelves shelves = after.copy();
        shelves.declared.remove(501L);

        assertThat(archive(shelves, NOBODY, later).bad().map(BadEntry::seq)).contains(1_000L);
        assertThatExceptionOfType(Dying.Killed.class)
                .isThrownBy(() -> archive(before.copy(), new Dying(0, false), later));
    }
}
