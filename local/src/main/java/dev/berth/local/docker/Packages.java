package dev.berth.local.docker;

import dev.berth.local.process.Commands;
import dev.berth.local.process.LocalFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Programs of the operating system that an engine needs; on Debian and its kin, root installs what is missing. */
final class Packages {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Packages() {}

    /**
     * Returns when all the programs are there.
     *
     * @param programs pairs of a program and the package that holds it
     * @throws LocalFailure if one is missing and cannot be installed; the text says what to do
     */
    static void ensure(List<Program> programs, Consumer<String> listener) {
        var missing = programs.stream()
                .filter(program -> !program.isThere())
                .map(Program::inPackage)
                .distinct()
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        var names = String.join(" ", missing);
        if (!Commands.exists("apt-get") || !Commands.asRoot()) {
            throw new LocalFailure("Missing on this machine: " + names + ". Install them, on Debian or Ubuntu with"
                    + " `sudo apt-get install -y --no-install-recommends " + names + "`, and try again.");
        }
        listener.accept("Installing " + names + " (apt-get) ...");
        Commands.run(LIMIT, List.of("apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq", "update"));
        var install = new ArrayList<>(List.of(
                "apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq", "install", "-y", "--no-install-recommends"));
        install.addAll(missing);
        Commands.run(LIMIT, install);
    }

    record Program(String name, String inPackage) {
        boolean isThere() {
            return Commands.exists(name);
        }
    }
}
