package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.model.OpId;
import dev.berth.wire.Times;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the functions of a stack on this machine have logged: a file for each, to which its sandboxes append.
 *
 * @param directory with the files
 */
record FunctionLogs(Path directory) {
    /** How many lines of one operation are read. */
    static final int MOST_LINES = 10_000;

    private static final Pattern WRITTEN = Pattern.compile("^\\{\"timestamp\":\"([0-9]{4}-[0-9-]{5}T[0-9:.]{8,12}Z)\"");

    /**
     * A line that somebody's operation is named in.
     *
     * @param at when it was written; of a line that is none of ours, when the one before it in that file was
     */
    record Line(Instant at, String text) {}

    /** @param stack the stack's folder */
    static FunctionLogs of(Path stack) {
        return new FunctionLogs(stack.resolve("logs"));
    }

    /** What was written about the operation since then; of each function in its order. */
    List<Line> about(OpId op, Instant since) {
        List<Line> found = new ArrayList<>();
        files().forEach(file -> addTo(found, file, op, since));
        return found;
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.exists(directory) ? Files.list(directory) : Stream.empty()) {
            return all.filter(file -> file.toString().endsWith(".log")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addTo(List<Line> found, Path file, OpId op, Instant since) {
        // A reader of its own: what is no UTF-8 must not end it, as a container's last words need not be.
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
            Instant at = Instant.EPOCH;
            for (String text = lines.readLine(); text != null && found.size() < MOST_LINES; text = lines.readLine()) {
                Matcher written = WRITTEN.matcher(text);
                at = written.find() ? Times.instant(written.group(1)) : at;
                if (text.contains(op.value()) && !at.isBefore(since)) {
                    found.add(new Line(at, text));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
