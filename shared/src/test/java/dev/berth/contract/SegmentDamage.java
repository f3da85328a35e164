package dev.berth.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What somebody may do to the nine kept entries of a segment.
 *
 * @param whole how many of the entries it does not touch
 * @param told what is said of it
 */
record SegmentDamage(String name, int whole, String told, UnaryOperator<byte[]> change) {
    static Stream<SegmentDamage> all() {
        return Stream.concat(ofTheFile(), ofLines());
    }

    private static Stream<SegmentDamage> ofTheFile() {
        return Stream.of(
                new SegmentDamage("empty", 0, "not whole", _ -> new byte[0]),
                new SegmentDamage("not compressed", 0, "not whole", _ -> "{}\n".getBytes(UTF_8)),
                new SegmentDamage("cut", 0, "not whole", packed -> Arrays.copyOf(packed, packed.length / 2)),
                new SegmentDamage("cut at its end", 9, "not whole", packed -> Arrays.copyOf(packed, packed.length - 1)),
                new SegmentDamage("a turned bit", 0, "", SegmentDamage::turnedBit),
                new SegmentDamage(
                        "a bomb",
                        9,
                        "unpacks to more than",
                        packed -> repacked(packed, lines -> {
                            lines.add(" ".repeat(100 << 20));
                            return lines;
                        })));
    }

    private static Stream<SegmentDamage> ofLines() {
        return Stream.of(
                new SegmentDamage("no JSON", 4, "entry 5 cannot be read", packed -> replaced(packed, (_, _) -> "{\"g")),
                new SegmentDamage("no entry", 4, "entry 5 cannot be read", packed -> replaced(packed, (_, _) -> "{}")),
                new SegmentDamage("not UTF-8", 4, "entry 5 is not UTF-8", packed -> pack(broken(unpack(packed)))),
                new SegmentDamage(
                        "changed",
                        4,
                        "checksum",
                        packed -> replaced(packed, (line, _) -> line.replace("failed", "passed"))),
                new SegmentDamage(
                        "longer",
                        9,
                        "unpacks to more than",
                        packed -> replaced(packed, (line, _) -> line.replaceFirst("\"seq\":", "\"seq\": "))),
                new SegmentDamage(
                        "copied", 4, "where entry 5 belongs is entry 6", packed -> replaced(packed, (_, next) -> next)),
                new SegmentDamage(
                        "lost",
                        4,
                        "where entry 5 belongs is entry 6",
                        packed -> repacked(packed, lines -> without(lines, 4))),
                new SegmentDamage(
                        "lost at the end",
                        8,
                        "entry 9 is missing",
                        packed -> repacked(packed, lines -> without(lines, 8))),
                new SegmentDamage(
                        "swapped",
                        4,
                        "where entry 5 belongs is entry 6",
                        packed -> repacked(packed, lines -> {
                            Collections.swap(lines, 4, 5);
                            return lines;
                        })),
                new SegmentDamage("all lost", 0, "entry 1 is missing", packed -> repacked(packed, _ -> List.of())),
                new SegmentDamage(
                        "another game's",
                        4,
                        "of another-game",
                        packed -> replaced(
                                packed,
                                (line, _) -> line.replaceFirst("\"game_id\":\"[^\"]+", "\"game_id\":\"another-game"))));
    }

    byte[] applied(byte[] packed) {
        return change.apply(packed);
    }

    @Override
    public String toString() {
        return name;
    }

    private static byte[] turnedBit(byte[] packed) {
        byte[] turned = packed.clone();
        turned[packed.length / 2] ^= 0x10;
        return turned;
    }

    /** With another fifth line, made of it and the next one. */
    private static byte[] replaced(byte[] packed, BinaryOperator<String> line) {
        return repacked(packed, lines -> {
            lines.set(4, line.apply(lines.get(4), lines.get(5)));
            return lines;
        });
    }

    private static List<String> without(List<String> lines, int index) {
        lines.remove(index);
        return lines;
    }

    private static byte[] repacked(byte[] packed, UnaryOperator<List<String>> change) {
        List<String> lines =
                new ArrayList<>(new String(unpack(packed), UTF_8).lines().toList());
        StringBuilder text = new StringBuilder();
        change.apply(lines).forEach(line -> text.append(line).append('\n'));
        return pack(text.toString().getBytes(UTF_8));
    }

    /** A byte that UTF-8 does not have, in the fifth line. */
    private static byte[] broken(byte[] lines) {
        int line = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] == '\n' && ++line == 4) {
                lines[i + 2] = (byte) 0xff;
            }
        }
        return lines;
    }

    private static byte[] pack(byte[] lines) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] unpack(byte[] packed) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
