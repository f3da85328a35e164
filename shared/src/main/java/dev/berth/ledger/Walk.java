package dev.berth.ledger;

import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Goes along a game's log: how far it is in order, and what the record is there. */
final class Walk implements Consumer<Found> {
    private final GameId game;
    private LogHead head;
    private Optional<RuntimeRecord> state;
    private Optional<Long> uncertainSince = Optional.empty();
    private Optional<BadEntry> bad = Optional.empty();
    private long read;
    private long archived;
    private final long unknownBefore;
    private long unknown;
    private final List<BadEntry> firstUnknown = new ArrayList<>();

    /** Where the segment that the last entry belongs to begins. */
    private LogHead beforeSegment;

    private Walk(GameId game, LogHead head, Optional<RuntimeRecord> state, long unknownBefore) {
        this.game = game;
        this.head = head;
        this.state = state;
        this.unknownBefore = unknownBefore;
        this.beforeSegment = head;
    }

    /** From the checkpoint on, which is trusted; from the first entry where there is none. */
    static Walk from(GameId game, Optional<Segment> checkpoint) {
        return checkpoint
                .map(segment -> new Walk(game, segment.head(), segment.state(), segment.unknown()))
                .orElseGet(() -> new Walk(game, LogHead.EMPTY, Optional.empty(), 0));
    }

    /** Goes on until the first thing that is not in order. */
    Walk whileInOrder(Stream<Found> log) {
        log.takeWhile(_ -> bad.isEmpty()).forEach(this);
        return this;
    }

    @Override
    public void accept(Found found) {
        switch (found) {
            case Found.Entry(LoggedEntry entry, boolean fromArchive) -> {
                accept(entry);
                archived += fromArchive ? 1 : 0;
            }
            case Found.Unlisted(long seq, String why) -> isBad(seq, "cannot be looked for in the archive: " + why);
            case Found.SegmentEnd(Segment segment, Optional<String> damage) -> end(segment, damage);
        }
    }

    /** @return the end of the log as far as it is known to be in order, or as it stands after something that is not */
    LogHead head() {
        return head;
    }

    Optional<RuntimeRecord> state() {
        return state;
    }

    /** The first entry that may have changed the state in a way that nobody can tell. */
    Optional<Long> uncertainSince() {
        return uncertainSince;
    }

    Optional<BadEntry> bad() {
        return bad;
    }

    long read() {
        return read;
    }

    long archived() {
        return archived;
    }

    Unreadable unreadable() {
        return new Unreadable(unknownBefore + unknown, unknown, firstUnknown);
    }

    private void accept(LoggedEntry entry) {
        long next = head.seq() + 1;
        Optional<String> wrong = wrong(entry, next);
        wrong.ifPresent(why -> isBad(next, why));
        read++;
        if (next % Limits.SEGMENT == 1) {
            beforeSegment = head;
        }
        if (entry.seq() >= next) {
            head = entry.head();
        }
        if (wrong.isEmpty() || (entry.game().equals(game) && entry.isWhole() && entry.seq() >= next)) {
            fold(entry);
        }
    }

    private Optional<String> wrong(LoggedEntry entry, long next) {
        if (!entry.game().equals(game) || entry.seq() < next) {
            return Optional.of("is in the place of another: it says entry " + entry.seq() + " of " + entry.game());
        }
        if (entry.seq() > next) {
            return Optional.of("is missing: entry " + entry.seq() + " comes next");
        }
        if (!entry.prevHash().equals(head.hash())) {
            return Optional.of("is not chained to the entry before");
        }
        return entry.isWhole() ? Optional.empty() : Optional.of("is not what was written: its hash is another one");
    }

    private void fold(LoggedEntry entry) {
        switch (entry.content()) {
            case LoggedEntry.Content.Known(OperationEntry known) ->
                known.change().ifPresent(change -> {
                    state = Optional.of(change);
                    uncertainSince = Optional.empty();
                });
            case LoggedEntry.Content.Unknown(String why) -> {
                unknown++;
                if (firstUnknown.size() < Unreadable.TOLD) {
                    firstUnknown.add(new BadEntry(entry.seq(), why));
                }
                isUncertain(entry.seq());
            }
        }
    }

    private void end(Segment segment, Optional<String> damage) {
        if (head.seq() < segment.lastSeq()) {
            isBad(head.seq() + 1, "cannot be read from the archive: " + damage.orElse("its segment ends before it"));
            // As if it had been read: what comes next is held against what the segment was declared to end with.
            head = segment.head();
            return;
        }
        damage.or(() -> contradiction(segment))
                .ifPresent(why -> isBad(segment.lastSeq(), "ends a segment that is not what was declared: " + why));
    }

    /** What the declaration of a segment says that its entries do not. */
    private Optional<String> contradiction(Segment segment) {
        if (!segment.game().equals(game)
                || segment.entries() != Limits.SEGMENT
                || segment.lastSeq() % Limits.SEGMENT != 0) {
            return Optional.of("it is none of this log");
        }
        if (!segment.head().equals(head)) {
            return Optional.of("its last hash is another one");
        }
        if (beforeSegment.seq() == segment.firstSeq() - 1 && !segment.before().equals(beforeSegment)) {
            return Optional.of("it is not chained to what comes before");
        }
        // A state that is not certain is never declared.
        return uncertainSince.isEmpty() && !segment.state().equals(state)
                ? Optional.of("its state is another one")
                : Optional.empty();
    }

    private void isBad(long seq, String text) {
        bad = bad.or(() -> Optional.of(new BadEntry(seq, text)));
        isUncertain(seq);
    }

    private void isUncertain(long seq) {
        uncertainSince = uncertainSince.or(() -> Optional.of(seq));
    }
}
