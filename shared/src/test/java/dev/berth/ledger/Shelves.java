package dev.berth.ledger;

import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import dev.berth.model.Segment;
import dev.berth.port.LogArchive;
import dev.berth.port.LogPruning;
import dev.berth.port.OperationLog;
import dev.berth.wire.SegmentLines;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Table and archive of one game's log, in the open: a test may do to them what nobody else could. */
final class Shelves {
    /** How many rows are removed in one request. */
    private static final int BATCH = 100;

    final NavigableMap<Long, LoggedEntry> rows = new TreeMap<>();

    /** By their first entry. */
    final NavigableMap<Long, Segment> declared = new TreeMap<>();

    /** Compressed lines, by their first entry. */
    final NavigableMap<Long, byte[]> objects = new TreeMap<>();

    /** What was kept as it should be, by what it is kept for: to pack and to unpack takes long. */
    private final Map<Segment, Packed> packed;

    private record Packed(List<LoggedEntry> entries, ByteBuffer object, SegmentLines lines) {
        static Packed of(Segment segment, List<LoggedEntry> entries) {
            byte[] object = SegmentLines.write(segment, entries);
            return new Packed(entries, ByteBuffer.wrap(object), SegmentLines.read(segment, object));
        }
    }

    private Shelves(Map<Segment, Packed> packed) {
        this.packed = packed;
    }

    static Shelves empty() {
        return new Shelves(new ConcurrentHashMap<>());
    }

    /** Is told of each request before it takes effect, and after. */
    interface Watch {
        default void before() {}

        default void after() {}
    }

    static Shelves of(Chain chain) {
        Shelves shelves = empty();
        chain.entries().forEach(entry -> shelves.rows.put(entry.seq(), entry));
        return shelves;
    }

    Shelves copy() {
        Shelves copy = new Shelves(packed);
        copy.rows.putAll(rows);
        copy.declared.putAll(declared);
        copy.objects.putAll(objects);
        return copy;
    }

    /** Whether archive and table hold the same as others. */
    boolean equal(Shelves other) {
        return rows.equals(other.rows)
                && declared.equals(other.declared)
                && objects.keySet().equals(other.objects.keySet())
                && objects.keySet().stream().allMatch(key -> Arrays.equals(objects.get(key), other.objects.get(key)));
    }

    Ledger ledger() {
        Ports ports = ports(new Watch() {});
        return new Ledger(ports, ports);
    }

    Ports ports(Watch watch) {
        return new Ports(watch);
    }

    private SegmentLines unpacked(Segment segment, byte[] object) {
        return Optional.ofNullable(packed.get(segment))
                .filter(known -> known.object().equals(ByteBuffer.wrap(object)))
                .map(Packed::lines)
                .orElseGet(() -> SegmentLines.read(segment, object));
    }

    private byte[] packed(Segment segment, List<LoggedEntry> entries) {
        Packed known = packed.computeIfAbsent(segment, _ -> Packed.of(segment, entries));
        return known.entries().equals(entries) ? known.object().array() : SegmentLines.write(segment, entries);
    }

    /** The way to them for one who uses them. */
    final class Ports implements OperationLog, LogPruning, LogArchive {
        private final Watch watch;

        private Ports(Watch watch) {
            this.watch = watch;
        }

        private <T> T request(Supplier<T> effect) {
            watch.before();
            T answer = effect.get();
            watch.after();
            return answer;
        }

        @Override
        public List<LoggedEntry> read(GameId game, long afterSeq, int limit) {
            return request(() ->
                    rows.tailMap(afterSeq, false).values().stream().limit(limit).toList());
        }

        @Override
        public Optional<LoggedEntry> find(Key key) {
            return request(() -> Optional.ofNullable(rows.get(key.seq())));
        }

        @Override
        public LogHead newest(GameId game) {
            return request(() ->
                    rows.isEmpty() ? LogHead.EMPTY : rows.lastEntry().getValue().head());
        }

        @Override
        public List<Key> ofOperation(OpId op, int limit) {
            throw new UnsupportedOperationException("nobody asks for operations here");
        }

        @Override
        public Page all(Optional<Key> after, int limit) {
            throw new UnsupportedOperationException("there is one game");
        }

        @Override
        public void remove(GameId game, List<LoggedEntry> entries) {
            for (int from = 0; from < entries.size(); from += BATCH) {
                List<LoggedEntry> batch = entries.subList(from, Math.min(from + BATCH, entries.size()));
                request(() -> rows.values()
                        .removeIf(row -> batch.stream()
                                .anyMatch(entry ->
                                        entry.seq() == row.seq() && entry.hash().equals(row.hash()))));
            }
        }

        @Override
        public List<Segment> segments(GameId game, long afterSeq, int limit) {
            return request(() -> declared.values().stream()
                    .filter(segment -> segment.lastSeq() > afterSeq)
                    .limit(limit)
                    .toList());
        }

        @Override
        public Kept read(Segment segment) {
            return request(() -> Optional.ofNullable(objects.get(segment.firstSeq()))
                    .map(object -> unpacked(segment, object))
                    .map(lines -> new Kept(lines.entries(), lines.damage()))
                    .orElseGet(() -> new Kept(List.of(), Optional.of("there is none"))));
        }

        @Override
        public void keepEntries(Segment segment, List<LoggedEntry> entries) {
            byte[] object = packed(segment, entries);
            request(() -> Optional.ofNullable(objects.putIfAbsent(segment.firstSeq(), object)));
        }

        @Override
        public void declare(Segment segment) {
            request(() -> Optional.ofNullable(declared.putIfAbsent(segment.firstSeq(), segment)));
        }
    }
}
