package dev.berth.functions;

import dev.berth.local.docker.Packages;
import dev.berth.local.docker.Packages.Program;
import dev.berth.local.process.Commands;
import dev.berth.local.process.LocalFailure;
import dev.berth.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The SAM CLI and cfn-lint, in a virtual environment of their own that stays for the next run. Installed once for all test classes
 * that ask for it as a parameter; where that is not possible, those are skipped.
 *
 * @param folder the environment
 * @param refusal why there is none; empty if there is one
 */
record PythonTools(Path folder, Optional<String> refusal) {
    private static final Path VERSIONS = LocalBerth.ROOT.resolve("functions/src/test/resources/python-tools.txt");
    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "berth");
    private static final List<Program> PYTHON = List.of(
            new Program("python3", "python3"),
            new Program("python3's venv", "python3-venv", () -> succeeds("python3", "-c", "import ensurepip")));

    /** A program of the environment, once it is there. */
    Path program(String name) {
        refusal.ifPresent(why -> {
            throw Skipped.because(why);
        });
        return folder.resolve("bin").resolve(name);
    }

    private static PythonTools install() {
        try {
            Files.createDirectories(CACHE);
            Path folder = CACHE.resolve(
                    "tools-" + Sha256.hex(Files.readAllBytes(VERSIONS)).substring(0, 12));
            return install(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PythonTools install(Path folder) throws IOException {
        try {
            // Another build of this user may be at it.
            try (FileChannel channel = FileChannel.open(
                            CACHE.resolve("tools.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                ensure(folder);
            }
            return new PythonTools(folder, Optional.empty());
        } catch (LocalFailure e) {
            String why = e.getMessage().lines().reduce("", (_, last) -> last);
            return new PythonTools(folder, Optional.of("the SAM CLI and cfn-lint cannot be installed here: " + why));
        }
    }

    /** An environment is whole when its mark is there, and of use as long as the Python is that it was made with. */
    private static void ensure(Path folder) throws IOException {
        Path whole = folder.resolve("whole");
        if (Files.exists(whole) && succeeds(folder.resolve("bin/python").toString(), "-c", "import samcli")) {
            return;
        }
        Packages.ensure(PYTHON, _ -> {});
        Files.deleteIfExists(whole);
        Commands.run(LIMIT, List.of("python3", "-m", "venv", "--clear", folder.toString()));
        Commands.run(
                LIMIT,
                List.of(
                        folder.resolve("bin/pip").toString(),
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--retries=1",
                        "--constraint=" + VERSIONS,
                        "aws-sam-cli",
                        "cfn-lint"));
        Files.createFile(whole);
    }

    private static boolean succeeds(String... command) {
        try {
            Commands.run(command);
            return true;
        } catch (LocalFailure e) {
            return false;
        }
    }

    /** Hands the one instance to tests. */
    static final class Provided implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == PythonTools.class;
        }

        @Override
        public PythonTools resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(PythonTools.class, _ -> install(), PythonTools.class);
        }
    }
}
