package dev.berth.ledger;

import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationEntry;
import dev.berth.model.Segment;
import dev.berth.model.Sha256;
import dev.berth.port.Clock;
import dev.berth.port.LogArchive;
import dev.berth.port.LogArchive.Kept;
import dev.berth.port.LogPruning;
import dev.berth.port.OperationLog;
import dev.berth.wire.SegmentLines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Moves old entries of a game from the table to the archive, a segment at a time: keep, read back, declare, read back,
 * and only then remove.
 *
 * <p>It may be killed anywhere, and others may be at the same: segments have fixed bounds, so all of them write the same,
 * and whoever comes next finds what there is and goes on. Nothing is removed that was not read back in the same run.
 */
public final class Archiving {
    private final Ledger ledger;
    private final OperationLog log;
    private final LogPruning pruning;
    private final LogArchive archive;
    private final Clock clock;
    private final Duration age;

    /** @param age how long ago the last entry of a segment was finished before the segment leaves the table */
    public Archiving(OperationLog log, LogPruning pruning, LogArchive archive, Clock clock, Duration age) {
        this.ledger = new Ledger(log, archive);
        this.log = log;
        this.pruning = pruning;
        this.archive = archive;
        this.clock = clock;
        this.age = age;
    }

    /**
     * Archives what is old enough. A segment stays if the state at its end is not certain, for whoever can read it.
     *
     * @param head of the game
     * @param endsAt no segment is begun after that
     */
    public Archived archive(GameId game, LogHead head, Instant endsAt) {
        if (head.seq() <= Limits.SEGMENT) {
            return Archived.NOTHING;
        }
        long begin = ledger.first(game)
                .map(row -> (row.seq() - 1) / Limits.SEGMENT * Limits.SEGMENT)
                .orElse(0L);
        Optional<Segment> before = begin == 0 ? Optional.empty() : declared(game, begin);
        if (begin > 0 && before.isEmpty()) {
            return new Archived(
                    0, 0, 0, Optional.of(new BadEntry(begin, "is neither in the table nor in the archive")));
        }
        Walk walk = Walk.from(game, before);
        Archived done = Archived.NOTHING;
        Step step;
        do {
            step = clock.now().isBefore(endsAt) ? next(game, head, walk) : new Step.Nothing();
            done = step.addedTo(done);
        } while (step instanceof Step.Moved);
        return done;
    }

    /** What came of one segment. */
    private sealed interface Step {
        record Nothing() implements Step {}

        /** @param rows how many have left the table: not all, where another archiver was at it before */
        record Moved(Segment segment, int rows) implements Step {}

        record Refused(BadEntry why) implements Step {}

        default Archived addedTo(Archived done) {
            return switch (this) {
                case Nothing _ -> done;
                case Moved(Segment segment, int rows) ->
                    new Archived(
                            done.segments() + 1, done.entries() + rows, done.bytes() + segment.bytes(), done.bad());
                case Refused(BadEntry why) ->
                    new Archived(done.segments(), done.entries(), done.bytes(), Optional.of(why));
            };
        }
    }

    private Step next(GameId game, LogHead head, Walk walk) {
        LogHead before = walk.head();
        long lastSeq = before.seq() + Limits.SEGMENT;
        // The head stays in the table, whatever its age: an operation looks for it there.
        if (lastSeq >= head.seq()) {
            return new Step.Nothing();
        }
        Optional<Segment> declared = declared(game, lastSeq);
        if (declared.isEmpty() && !isOld(game, lastSeq)) {
            return new Step.Nothing();
        }
        List<LoggedEntry> rows = rows(game, before.seq(), lastSeq);
        if (declared.isEmpty() && rows.size() < Limits.SEGMENT) {
            // Another archiver has perhaps declared and removed it since.
            declared = declared(game, lastSeq);
        }
        return declared.isPresent() ? remove(declared.get(), rows, walk) : move(before, rows, walk);
    }

    private boolean isOld(GameId game, long seq) {
        Instant oldest = clock.now().minus(age);
        return ledger.entry(game, seq)
                .flatMap(LoggedEntry::entry)
                .map(OperationEntry::finishedAt)
                .filter(oldest::isAfter)
                .isPresent();
    }

    private List<LoggedEntry> rows(GameId game, long afterSeq, long lastSeq) {
        return log.read(game, afterSeq, Limits.SEGMENT).stream()
                .filter(row -> row.seq() <= lastSeq)
                .toList();
    }

    private Optional<Segment> declared(GameId game, long lastSeq) {
        return archive.segments(game, lastSeq - 1, 1).stream()
                .filter(segment -> segment.lastSeq() == lastSeq)
                .findFirst();
    }

    private Step move(LogHead before, List<LoggedEntry> rows, Walk walk) {
        rows.forEach(row -> walk.accept(new Found.Entry(row, false)));
        if (walk.bad().isEmpty() && walk.head().seq() < before.seq() + Limits.SEGMENT) {
            return new Step.Refused(new BadEntry(walk.head().seq() + 1, "is neither in the table nor in the archive"));
        }
        if (walk.bad().isPresent()) {
            return new Step.Refused(walk.bad().get());
        }
        if (walk.uncertainSince().isPresent()) {
            return new Step.Nothing();
        }
        Segment segment = segment(before, rows, walk);
        archive.keepEntries(segment, rows);
        Optional<BadEntry> differing = difference(archive.read(segment), rows);
        if (differing.isPresent()) {
            return new Step.Refused(differing.get());
        }
        archive.declare(segment);
        if (!declared(segment.game(), segment.lastSeq()).equals(Optional.of(segment))) {
            return new Step.Refused(new BadEntry(segment.lastSeq(), "ends a segment that is declared otherwise"));
        }
        pruning.remove(segment.game(), rows);
        return new Step.Moved(segment, rows.size());
    }

    private static Segment segment(LogHead before, List<LoggedEntry> rows, Walk walk) {
        byte[] lines = SegmentLines.of(rows);
        return new Segment(
                rows.getFirst().game(),
                before.seq() + 1,
                walk.head().seq(),
                before.hash(),
                walk.head().hash(),
                lines.length,
                Sha256.hex(lines),
                walk.state(),
                walk.unreadable().count());
    }

    /** What somebody has declared before, as an archiver that was killed does, leaves the table now. */
    private Step remove(Segment segment, List<LoggedEntry> rows, Walk walk) {
        Kept kept = archive.read(segment);
        kept.entries().forEach(entry -> walk.accept(new Found.Entry(entry, true)));
        walk.accept(new Found.SegmentEnd(segment, kept.damage()));
        Optional<BadEntry> bad = walk.bad().or(() -> {
            List<LoggedEntry> there = kept.entries().stream()
                    .filter(entry -> rows.stream().anyMatch(row -> row.seq() == entry.seq()))
                    .toList();
            return difference(new Kept(there, Optional.empty()), rows);
        });
        if (bad.isPresent()) {
            return new Step.Refused(bad.get());
        }
        pruning.remove(segment.game(), rows);
        return new Step.Moved(segment, rows.size());
    }

    /** The first entry that is not in the archive as it is in the table. */
    private static Optional<BadEntry> difference(Kept kept, List<LoggedEntry> rows) {
        for (int i = 0; i < rows.size(); i++) {
            boolean same = i < kept.entries().size()
                    && rows.get(i).equals(kept.entries().get(i));
            if (!same) {
                return Optional.of(new BadEntry(
                        rows.get(i).seq(),
                        "is not in the archive as it is in the table"
                                + kept.damage().map(damage -> ": " + damage).orElse("")));
            }
        }
        return kept.damage().map(damage -> new BadEntry(rows.getLast().seq(), "is not kept in the archive: " + damage));
    }
}
