package dev.berth.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Short commands of the operating system. */
public final class Commands {

    /** Our PATH, and the folders of root's: not everyone who is root has them. */
    public static final String SEARCH_PATH =
            System.getenv().getOrDefault("PATH", "/usr/bin:/bin") + ":/usr/local/sbin:/usr/sbin:/sbin";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Commands() {}

    /**
     * Runs a command to its end.
     *
     * @return what it printed
     * @throws LocalFailure if it cannot be run, fails or takes more than 30 seconds
     */
    public static String run(String... command) {
        return run(LIMIT, List.of(command));
    }

    /** Like {@link #run(String...)} with another limit. */
    public static String run(Duration limit, List<String> command) {
        var text = String.join(" ", command);
        try {
            var output = Files.createTempFile("berth", ".out");
            try {
                var found = new ArrayList<>(command);
                find(command.getFirst()).ifPresent(program -> found.set(0, program.toString()));
                var builder =
                        new ProcessBuilder(found).redirectErrorStream(true).redirectOutput(output.toFile());
                builder.environment().put("PATH", SEARCH_PATH);
                builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
                var process = builder.start();
                process.getOutputStream().close();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    throw new LocalFailure("`" + text + "` did not end within " + limit.toSeconds() + " s.");
                }
                var printed = Files.readString(output, StandardCharsets.UTF_8);
                if (process.exitValue() != 0) {
                    throw new LocalFailure(
                            "`" + text + "` failed (exit code " + process.exitValue() + "): " + printed.strip());
                }
                return printed;
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new LocalFailure("`" + text + "` could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("Interrupted while `" + text + "` ran.", e);
        }
    }

    /** Where a program of this name is. */
    public static Optional<Path> find(String program) {
        return Stream.of(SEARCH_PATH.split(":", -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether we run as root. */
    public static boolean asRoot() {
        return run("id", "-u").strip().equals("0");
    }
}
