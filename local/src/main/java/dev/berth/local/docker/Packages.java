package dev.berth.local.docker;

import dev.berth.local.process.Commands;
import dev.berth.local.process.LocalFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Programs of the operating system that an engine needs; on Debian and its kin, root installs what is missing. */
public final class Packages {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Packages() {}

    /**
     * Returns when all the programs are there.
     *
     * @param listener told before something is installed
     * @throws LocalFailure if one is missing and cannot be installed; the text says what to do
     */
    public static void ensure(List<Program> programs, Consumer<String> listener) {
        var missing = programs.stream()
                .filter(program -> !program.isThere())
                .map(Program::inPackage)
                .distinct()
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        var names = String.join(" ", missing);
        if (Commands.find("apt-get").isEmpty() || !Commands.asRoot()) {
            throw new LocalFailure("Missing on this machine: " + names + ". Install them, on Debian or Ubuntu with"
                    + " `sudo apt-get install -y --no-install-recommends " + names + "`, and try again.");
        }
        listener.accept("Installing " + names + " (apt-get) ...");
        Commands.run(LIMIT, List.of("apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq", "update"));
        var install = new ArrayList<>(
                List.of("apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq", "install", "-y", "--no-install-recommends"));
        install.addAll(missing);
        Commands.run(LIMIT, install);
        programs.stream().filter(program -> !program.isThere()).findFirst().ifPresent(program -> {
            throw new LocalFailure("The package " + program.inPackage() + " was installed, but " + program.name()
                    + " is still missing on this machine.");
        });
    }

    /** Something that a package brings. */
    public record Program(String name, String inPackage, BooleanSupplier check) {

        /** A command of that name. */
        public Program(String name, String inPackage) {
            this(name, inPackage, () -> Commands.find(name).isPresent());
        }

        boolean isThere() {
            return check.getAsBoolean();
        }
    }
}
