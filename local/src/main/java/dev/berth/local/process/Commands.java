package dev.berth.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Short commands of the operating system. */
public final class Commands {

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
                var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
                builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
                var process = builder.start();
                process.getOutputStream().close();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    throw new LocalFailure("`" + text + "` did not end within " + limit.toSeconds() + " s.");
                }
                var printed = Files.readString(output, StandardCharsets.UTF_8);
                if (process.exitValue() != 0) {
                    throw new LocalFailure("`" + text + "` failed (exit code " + process.exitValue() + "): " + printed.strip());
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

    /** Whether a program of this name can be run: on the PATH, or where only root looks. */
    public static boolean exists(String program) {
        var path = System.getenv().getOrDefault("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin";
        return Stream.of(path.split(":", -1)).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Whether we run as root. */
    public static boolean asRoot() {
        return run("id", "-u").strip().equals("0");
    }

}
