package dev.berth.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.LoggedEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.Segment;
import dev.berth.model.Sha256;
import dev.berth.wire.EntryJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;

/**
 * Does something to a log that nobody may do, and says which entry is the first that is not as it should be: reasoned out
 * for each kind of change by what a reader can know, and not by reading.
 */
final class Tampering {
    private final Chain chain;
    private final Chain stranger;
    private final Shelves shelves;
    private final RandomGenerator random;
    private final long archived;
    private final long end;

    /** The lines of segments that were changed. */
    private final Map<Long, List<LoggedEntry>> edited = new HashMap<>();

    Tampering(Chain chain, Chain stranger, Shelves shelves, RandomGenerator random) {
        this.chain = chain;
        this.stranger = stranger;
        this.shelves = shelves;
        this.random = random;
        this.archived = shelves.declared.isEmpty()
                ? 0
                : shelves.declared.lastEntry().getValue().lastSeq();
        this.end = chain.length();
    }

    /** What was done. */
    enum Kind {
        EDIT,
        EDIT_AND_HASH,
        EDIT_HASH,
        EDIT_CHAIN,
        EDIT_CHAIN_AND_HASH,
        ADD_FIELD,
        DELETE,
        SWAP,
        FOREIGN,
        INSERT,
        CUT_TAIL,
        REWRITE_TAIL,
        MANIFEST,
        LOSE_MANIFEST,
        LOSE_OBJECT,
        LOSE_SEGMENT,
        EXCHANGE_OBJECTS,
        CUT_OBJECT
    }

    /** @return the first bad entry; empty where this log has nothing of the kind */
    Optional<Long> tamper(Kind kind) {
        Optional<Long> bad = done(kind);
        edited.forEach(this::pack);
        return bad;
    }

    private Optional<Long> done(Kind kind) {
        // A segment takes long to unpack: one in four is enough.
        boolean inArchive = archived > 0 && random.nextInt(4) == 0;
        long seq = inArchive ? 1 + random.nextLong(archived) : archived + 1 + random.nextLong(end - archived);
        LoggedEntry entry = chain.entry(seq);
        return switch (kind) {
            case EDIT -> replaced(seq, EntryJson.logged(edited(entry)), seq);
            // Its own hash fits; that it is another entry shows where something else tells of it.
            case EDIT_AND_HASH -> replaced(seq, Chain.hashed(edited(entry)), toldOfBy(seq));
            case EDIT_HASH -> replaced(seq, EntryJson.logged(Chain.json(entry).put("hash", anyHash())), seq);
            case EDIT_CHAIN -> replaced(seq, EntryJson.logged(Chain.json(entry).put("prev_hash", anyHash())), seq);
            case EDIT_CHAIN_AND_HASH ->
                replaced(seq, Chain.hashed(Chain.json(entry).put("prev_hash", anyHash())), seq);
            case ADD_FIELD -> replaced(seq, EntryJson.logged(Chain.json(entry).put("note", "by hand")), seq);
            case DELETE -> deleted(seq);
            case SWAP -> swapped(seq);
            case FOREIGN -> foreign(seq);
            case INSERT -> inserted(seq);
            case CUT_TAIL -> cutTail();
            case REWRITE_TAIL -> rewrittenTail(seq);
            case MANIFEST -> anySegment().flatMap(this::editedManifest);
            case LOSE_MANIFEST -> anySegment().map(segment -> lost(segment, true, false));
            case LOSE_OBJECT -> anySegment().map(segment -> lost(segment, false, true));
            case LOSE_SEGMENT -> anySegment().map(segment -> lost(segment, true, true));
            case EXCHANGE_OBJECTS -> exchangedObjects();
            case CUT_OBJECT -> anySegment().map(this::cutObject);
        };
    }

    private boolean isArchived(long seq) {
        return seq <= archived;
    }

    private Segment segmentOf(long seq) {
        return shelves.declared.floorEntry(seq).getValue();
    }

    private Optional<Segment> anySegment() {
        List<Segment> all = List.copyOf(shelves.declared.values());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private static String any(RandomGenerator random) {
        return Long.toHexString(random.nextLong());
    }

    private String anyHash() {
        return Sha256.hex(any(random));
    }

    private ObjectNode edited(LoggedEntry entry) {
        ObjectNode json = Chain.json(entry);
        return switch (random.nextInt(4)) {
            case 0 -> json.put("source_ref", any(random));
            case 1 -> json.put("fence", random.nextInt(1 << 30) + 1_000_000);
            case 2 -> json.put("started_at", "2029-01-01T00:00:00.00" + random.nextInt(10) + "Z");
            default -> json.put("op_kind", json.get("op_kind").asText().equals("stop") ? "restart" : "stop");
        };
    }

    /** By the manifest at the end of a segment, by the head at the end of the log, else by the next entry. */
    private long toldOfBy(long seq) {
        boolean endsSegment = isArchived(seq) && segmentOf(seq).lastSeq() == seq;
        return seq == end || endsSegment ? seq : seq + 1;
    }

    // --- one place ---

    private Optional<Long> replaced(long seq, LoggedEntry other, long bad) {
        if (isArchived(seq)) {
            List<LoggedEntry> lines = lines(segmentOf(seq));
            lines.set((int) (seq - segmentOf(seq).firstSeq()), other);
            put(segmentOf(seq), lines);
        } else {
            shelves.rows.put(seq, other);
        }
        return Optional.of(bad);
    }

    private Optional<Long> deleted(long seq) {
        if (isArchived(seq)) {
            List<LoggedEntry> lines = lines(segmentOf(seq));
            lines.remove((int) (seq - segmentOf(seq).firstSeq()));
            put(segmentOf(seq), lines);
        } else {
            shelves.rows.remove(seq);
        }
        return Optional.of(seq);
    }

    /** With another entry of the same segment or of the table. */
    private Optional<Long> swapped(long seq) {
        long first = isArchived(seq) ? segmentOf(seq).firstSeq() : archived + 1;
        long last = isArchived(seq) ? segmentOf(seq).lastSeq() : end;
        if (first == last) {
            return Optional.empty();
        }
        long other = seq == last ? first : seq + 1 + random.nextLong(last - seq);
        if (isArchived(seq)) {
            List<LoggedEntry> lines = lines(segmentOf(seq));
            Collections.swap(lines, (int) (seq - first), (int) (other - first));
            put(segmentOf(seq), lines);
        } else {
            shelves.rows.put(
                    seq, EntryJson.logged(Chain.json(chain.entry(other)).put("seq", seq)));
            shelves.rows.put(
                    other, EntryJson.logged(Chain.json(chain.entry(seq)).put("seq", other)));
        }
        return Optional.of(Math.min(seq, other));
    }

    /** A table keeps an entry under the game and the number of its place, whatever it was before. */
    private Optional<Long> foreign(long seq) {
        LoggedEntry other = stranger.entry(seq);
        return isArchived(seq)
                ? replaced(seq, other, seq)
                : replaced(seq, EntryJson.logged(Chain.json(other).put("game_id", chain.game.value())), seq);
    }

    private Optional<Long> inserted(long seq) {
        if (isArchived(seq)) {
            List<LoggedEntry> lines = lines(segmentOf(seq));
            int place = (int) (seq - segmentOf(seq).firstSeq());
            // A second time, behind itself: what belongs there is the next one.
            lines.add(place + 1, lines.get(place));
            put(segmentOf(seq), lines);
            return Optional.of(segmentOf(seq).lastSeq() == seq ? seq : seq + 1);
        }
        long beyond = end + 1 + random.nextInt(3);
        ObjectNode forged = Chain.json(chain.entry(end))
                .put("seq", beyond)
                .put("prev_hash", chain.head().hash());
        shelves.rows.put(beyond, Chain.hashed(forged));
        return Optional.of(end + 1);
    }

    // --- a stretch ---

    private Optional<Long> cutTail() {
        long from = archived + 1 + random.nextLong(end - archived);
        shelves.rows.tailMap(from, true).clear();
        return Optional.of(from);
    }

    /** All from there on, up to the end of the table or of the segment, chained as if it had been so. */
    private Optional<Long> rewrittenTail(long seq) {
        long last = isArchived(seq) ? segmentOf(seq).lastSeq() : end;
        String before = seq == 1 ? "0".repeat(64) : chain.entry(seq - 1).hash();
        for (long at = seq; at <= last; at++) {
            ObjectNode json = at == seq ? edited(chain.entry(at)) : Chain.json(chain.entry(at));
            LoggedEntry other = Chain.hashed(json.put("prev_hash", before));
            replaced(at, other, at);
            before = other.hash();
        }
        return Optional.of(last);
    }

    // --- the archive ---

    /** What a manifest says wrongly shows at the end of its segment. */
    private Optional<Long> editedManifest(Segment was) {
        int field = random.nextInt(5);
        Optional<RuntimeRecord> other = was.state()
                .map(RuntimeRecord::toBeStopped)
                .filter(state -> !was.state().equals(Optional.of(state)));
        Segment edited = new Segment(
                was.game(),
                was.firstSeq(),
                was.lastSeq(),
                field == 0 ? anyHash() : was.prevHash(),
                field == 1 ? anyHash() : was.lastHash(),
                field == 2 ? was.bytes() + 1 : was.bytes(),
                field == 3 ? anyHash() : was.sha256(),
                field == 4 ? other : was.state(),
                was.unknown());
        shelves.declared.put(was.firstSeq(), edited);
        return edited.equals(was) ? Optional.empty() : Optional.of(was.lastSeq());
    }

    private long lost(Segment segment, boolean manifest, boolean object) {
        if (manifest) {
            shelves.declared.remove(segment.firstSeq());
        }
        if (object) {
            shelves.objects.remove(segment.firstSeq());
        }
        return segment.firstSeq();
    }

    private Optional<Long> exchangedObjects() {
        if (shelves.declared.size() < 2) {
            return Optional.empty();
        }
        long first = shelves.declared.firstKey();
        long last = shelves.declared.lastKey();
        byte[] object = shelves.objects.get(first);
        shelves.objects.put(first, shelves.objects.get(last));
        shelves.objects.put(last, object);
        return Optional.of(first);
    }

    /** The lines end somewhere, perhaps in the middle of one. */
    private long cutObject(Segment segment) {
        int whole = random.nextInt((int) segment.entries());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < whole; i++) {
            text.append(chain.entry(segment.firstSeq() + i).line()).append('\n');
        }
        String next = chain.entry(segment.firstSeq() + whole).line();
        text.append(next, 0, random.nextInt(next.length()));
        shelves.objects.put(segment.firstSeq(), packed(text.toString()));
        return segment.firstSeq() + whole;
    }

    private List<LoggedEntry> lines(Segment segment) {
        return new ArrayList<>(edited.getOrDefault(
                segment.firstSeq(), chain.entries().subList((int) segment.firstSeq() - 1, (int) segment.lastSeq())));
    }

    private void put(Segment segment, List<LoggedEntry> lines) {
        edited.put(segment.firstSeq(), lines);
    }

    private void pack(long firstSeq, List<LoggedEntry> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.line()).append('\n'));
        shelves.objects.put(firstSeq, packed(text.toString()));
    }

    private static byte[] packed(String lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(lines.getBytes(UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
