package dev.berth.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process that ends with us, even when we are killed: beside it stands a shell that reads a pipe from us, and ends the process when
 * the pipe does. Its output goes to a log file.
 */
public final class Child implements AutoCloseable {

    /**
     * The guard is forked first, then the shell becomes the command, so that the pid is the command's. In a session of its own it
     * is spared the Ctrl-C that is meant for us: we end our children in order.
     */
    private static final String GUARD = """
            limit=$1; shift; exec 3<&0
            { trap '' INT HUP TERM
              read -r _
              kill -TERM $$ || exit 0
              while [ "$limit" -gt 0 ]; do sleep 1; kill -0 $$ || exit 0; limit=$((limit - 1)); done
              kill -KILL $$
            } <&3 3<&- >/dev/null 2>&1 &
            exec 3<&- </dev/null
            if command -v setsid >/dev/null; then exec setsid "$@"; else exec "$@"; fi
            """;

    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final int TAIL_LINES = 25;

    private final Plan plan;
    private final Process process;

    private Child(Plan plan, Process process) {
        this.plan = plan;
        this.process = process;
    }

    /** What to start: begin with {@link #of}, end with {@link #start}. */
    public record Plan(
            String name,
            List<String> command,
            Path log,
            Path directory,
            Optional<Map<String, String>> environment,
            Optional<Consumer<String>> lines,
            Duration grace) {

        /**
         * @param name for error texts
         * @param log its standard output and error are appended there
         */
        public static Plan of(String name, List<String> command, Path log) {
            return new Plan(
                    name,
                    List.copyOf(command),
                    log,
                    log.toAbsolutePath().resolveSibling(""),
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofSeconds(10));
        }

        /** Its working directory; the log's where not given. */
        public Plan in(Path workingDirectory) {
            return new Plan(name, command, log, workingDirectory, environment, lines, grace);
        }

        /** Its whole environment; ours where not given. */
        public Plan withEnvironment(Map<String, String> all) {
            return new Plan(name, command, log, directory, Optional.of(Map.copyOf(all)), lines, grace);
        }

        /** Also told each line of output. Such a child loses its standard output when we are killed. */
        public Plan tellingLines(Consumer<String> listener) {
            return new Plan(name, command, log, directory, environment, Optional.of(listener), grace);
        }

        /** How long it has between SIGTERM and SIGKILL; ten seconds where not given. */
        public Plan withGrace(Duration time) {
            return new Plan(name, command, log, directory, environment, lines, time);
        }

        /** @throws LocalFailure if it cannot be started at all */
        public Child start() {
            var shell = new ArrayList<>(List.of("sh", "-c", GUARD, "guard", Long.toString(grace.toSeconds())));
            shell.addAll(command);
            var builder =
                    new ProcessBuilder(shell).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().put("PATH", Commands.SEARCH_PATH);
            environment.ifPresent(all -> {
                builder.environment().clear();
                builder.environment().putAll(all);
            });
            try {
                Files.createDirectories(log.toAbsolutePath().resolveSibling(""));
                if (lines.isEmpty()) {
                    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
                }
                var child = new Child(this, builder.start());
                lines.ifPresent(child::pump);
                return child;
            } catch (IOException e) {
                throw new LocalFailure(
                        name + " could not be started (" + command.getFirst() + "): " + e.getMessage(), e);
            }
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the process has ended; 128 + the signal's number for a killed one. */
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /**
     * Returns when {@code ready} says so.
     *
     * @throws LocalFailure with the end of its log, if it ends before or is not ready within the limit
     */
    public void awaitReady(BooleanSupplier ready, Duration limit) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            if (exitedWithin(PAUSE)) {
                throw failure("ended with exit code " + process.exitValue() + " before it was ready");
            }
            if (System.nanoTime() > deadline) {
                throw failure("was not ready within " + limit.toSeconds() + " s");
            }
        }
    }

    /** A failure of this child, with the end of its log. */
    public LocalFailure failure(String what) {
        return new LocalFailure(plan.name() + " " + what + ". The end of " + plan.log() + ":\n" + logTail());
    }

    /** SIGTERM, then SIGKILL after the grace; returns when it is gone. Does nothing to one that has ended. */
    @Override
    public void close() {
        // Unlike Process.destroy() this leaves its input and output open: it can still say something, and ends in
        // peace.
        process.toHandle().destroy();
        if (!exitedWithin(plan.grace())) {
            kill();
        }
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        if (!exitedWithin(Duration.ofSeconds(10))) {
            throw failure("is still there after SIGKILL");
        }
    }

    /** Sends a signal by name, as in {@code kill -NAME}. */
    public void signal(String name) {
        Commands.run("kill", "-" + name, Long.toString(pid()));
    }

    private boolean exitedWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("Interrupted while waiting for " + plan.name() + ".", e);
        }
    }

    private String logTail() {
        try {
            var all = Files.readString(plan.log(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - TAIL_LINES), all.size()));
        } catch (IOException e) {
            return "(" + e + ")";
        }
    }

    private void pump(Consumer<String> listener) {
        Thread.ofVirtual().name(plan.name() + " output").start(() -> {
            try (var output = process.inputReader();
                    var file =
                            Files.newBufferedWriter(plan.log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (@Nullable String line = output.readLine(); line != null; line = output.readLine()) {
                    file.write(line + "\n");
                    file.flush();
                    listener.accept(line);
                }
            } catch (IOException e) {
                // Ending a child closes its output, in the middle of a line or not.
            }
        });
    }
}
