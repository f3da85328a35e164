package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real {@code ./berth}, as a process of its own. */
record Launched(Process process, Path out, Path err) {
    /** Far more than anything takes on an idle machine. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Path LAUNCHER = Path.of("..", "berth").toAbsolutePath().normalize();

    /** Starts it in that folder, which gets its output too. */
    static Launched in(Path folder, String... arguments) throws IOException {
        Path out = Files.createTempFile(folder, "berth", ".out");
        Path err = Files.createTempFile(folder, "berth", ".err");
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("BERTH_DIR", "BERTH_STACK"));
        return new Launched(builder.start(), out, err);
    }

    /** Runs it to its end. */
    static Told toTheEnd(Path folder, String... arguments) throws IOException, InterruptedException {
        return in(folder, arguments).end();
    }

    Told end() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it does not end; it has told: " + told(-1));
        }
        return told(process.exitValue());
    }

    private Told told(int exitCode) throws IOException {
        return new Told(exitCode, Files.readString(out), Files.readString(err));
    }

    boolean hasPrinted(String line) throws IOException {
        return Files.readString(out).lines().anyMatch(line::equals);
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** All its processes but itself. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    static Stream<ObjectNode> jsonLines(String out) {
        return out.lines().map(Json::parse);
    }
}
