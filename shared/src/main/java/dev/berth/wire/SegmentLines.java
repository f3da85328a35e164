package dev.berth.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationFailed;
import dev.berth.model.Segment;
import dev.berth.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The entries of a segment as the archive keeps them: one line for each, compressed with gzip.
 *
 * @param entries what could be read, in order and without a hole, from the first on
 * @param damage what is wrong with the rest, or with the whole of it; empty if it is what the segment says
 */
public record SegmentLines(List<LoggedEntry> entries, Optional<String> damage) {
    /** The largest segment, uncompressed: entries are a few KiB each. */
    public static final int MAX_BYTES = 64 << 20;

    private static final int CHUNK = 16 * 1024;

    public SegmentLines {
        entries = List.copyOf(entries);
    }

    /** The lines, each ended by a line feed, UTF-8: what a segment's {@code bytes} and {@code sha256} are of. */
    public static byte[] of(List<LoggedEntry> entries) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (LoggedEntry entry : entries) {
            lines.writeBytes(entry.line().getBytes(UTF_8));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    /**
     * The entries of a segment, compressed. Its header holds no time, so equal entries make equal bytes.
     *
     * @throws IllegalArgumentException if the segment is not what these entries are, or larger than {@link #MAX_BYTES}
     */
    public static byte[] write(Segment segment, List<LoggedEntry> entries) {
        byte[] lines = of(entries);
        if (lines.length > MAX_BYTES) {
            throw new IllegalArgumentException("the lines of a segment must be at most " + MAX_BYTES + " bytes");
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(lines);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        read(segment, packed.toByteArray()).damage().ifPresent(difference -> {
            throw new IllegalArgumentException("the entries are not those of the segment: " + difference);
        });
        return packed.toByteArray();
    }

    /** Reads what was kept of a segment. Never unpacks more than the segment is said to have. */
    public static SegmentLines read(Segment segment, byte[] packed) {
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
        Optional<String> broken = unpack(packed, Math.min(segment.bytes(), MAX_BYTES), unpacked);
        byte[] lines = unpacked.toByteArray();
        List<LoggedEntry> entries = new ArrayList<>();
        Optional<String> damage = collect(segment, lines, broken, entries)
                .or(() -> missing(segment, entries))
                .or(() -> difference(segment, lines, entries));
        return new SegmentLines(entries, damage);
    }

    /** Tells why there is no more of the lines, where that is not their end. */
    private static Optional<String> unpack(byte[] packed, long limit, ByteArrayOutputStream lines) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] chunk = new byte[CHUNK];
            for (int read = gzip.read(chunk); read >= 0; read = gzip.read(chunk)) {
                lines.write(chunk, 0, read);
                if (lines.size() > limit) {
                    return Optional.of("it unpacks to more than " + limit + " bytes");
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("it is not whole: " + e);
        }
    }

    /** Adds the entries as far as they follow each other, and tells why it stopped before the end of the lines. */
    private static Optional<String> collect(
            Segment segment, byte[] lines, Optional<String> broken, List<LoggedEntry> entries) {
        int begin = 0;
        while (begin < lines.length) {
            long seq = segment.firstSeq() + entries.size();
            if (seq > segment.lastSeq()) {
                return broken.or(() -> Optional.of("it goes on after entry " + segment.lastSeq()));
            }
            int end = endOfLine(lines, begin);
            if (end == lines.length) {
                return broken.or(() -> Optional.of("it is cut in the middle of entry " + seq));
            }
            try {
                LoggedEntry entry = EntryJson.logged(Json.parse(text(lines, begin, end)));
                if (!entry.game().equals(segment.game()) || entry.seq() != seq) {
                    return Optional.of("where entry " + seq + " belongs is entry " + entry.seq() + " of "
                            + entry.game().value());
                }
                entries.add(entry);
            } catch (OperationFailed e) {
                return Optional.of("entry " + seq + " cannot be read: " + e.text());
            } catch (CharacterCodingException e) {
                return Optional.of("entry " + seq + " is not UTF-8");
            }
            begin = end + 1;
        }
        return broken;
    }

    private static int endOfLine(byte[] lines, int begin) {
        int end = begin;
        while (end < lines.length && lines[end] != '\n') {
            end++;
        }
        return end;
    }

    private static String text(byte[] lines, int begin, int end) throws CharacterCodingException {
        return UTF_8.newDecoder()
                .decode(ByteBuffer.wrap(lines, begin, end - begin))
                .toString();
    }

    private static Optional<String> missing(Segment segment, List<LoggedEntry> entries) {
        long next = segment.firstSeq() + entries.size();
        return next > segment.lastSeq() ? Optional.empty() : Optional.of("entry " + next + " is missing");
    }

    /** All entries are there: whether they are the ones that were declared. */
    private static Optional<String> difference(Segment segment, byte[] lines, List<LoggedEntry> entries) {
        if (lines.length != segment.bytes() || !Sha256.hex(lines).equals(segment.sha256())) {
            return Optional.of("its checksum is not the declared one");
        }
        if (!entries.getFirst().prevHash().equals(segment.prevHash())) {
            return Optional.of("its first entry is not chained to what was declared");
        }
        return entries.getLast().hash().equals(segment.lastHash())
                ? Optional.empty()
                : Optional.of("its last entry is not the declared one");
    }
}
