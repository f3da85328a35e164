package dev.berth.cli;

import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which stack a command works on: one on this machine, by its folder, or one on AWS, by its name. */
final class StackOptions {
    static final String DEFAULT_DIRECTORY = ".berth";

    @ArgGroup
    private final Place place = new Place();

    private static final class Place {
        @Option(
                names = "--dir",
                paramLabel = "DIR",
                description = "The folder of a stack on this machine (BERTH_DIR; .berth where absent).")
        private Optional<Path> directory = Optional.empty();

        @Option(
                names = "--stack",
                paramLabel = "NAME",
                description = "A stack on AWS (BERTH_STACK), with the ordinary chain of credentials.")
        private Optional<String> stack = Optional.empty();
    }

    /** @throws CommandFailed if no such stack can be looked for */
    Stack open() {
        Optional<String> name = place.stack.or(() -> variable("BERTH_STACK").filter(_ -> place.directory.isEmpty()));
        if (name.isPresent()) {
            return onAws(name.get());
        }
        Path directory = directory(place.directory);
        return Stack.at(LocalFile.find(directory), directory);
    }

    private static Stack onAws(String name) {
        try {
            return Stack.onAws(name, variable("AWS_ENDPOINT_URL_CLOUDFORMATION").map(URI::create));
        } catch (OperationFailed e) {
            throw CommandFailed.unreachable(
                    e.code() == ErrorCode.NOT_FOUND
                            ? e.text()
                            : "stack " + name + " on AWS cannot be looked for (" + e.text()
                                    + "): set AWS_REGION and credentials, or AWS_PROFILE to one that has them");
        }
    }

    /** The folder of a stack on this machine. */
    static Path directory(Optional<Path> given) {
        return given.or(() -> variable("BERTH_DIR").map(Path::of))
                .orElse(Path.of(DEFAULT_DIRECTORY))
                .toAbsolutePath()
                .normalize();
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
