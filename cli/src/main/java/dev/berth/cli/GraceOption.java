package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How long a container that is to end may take, for all commands that end one. */
final class GraceOption {
    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            description = "How long the container may take to end before it is killed, 0 to 300.")
    private Optional<Integer> seconds = Optional.empty();

    /** Adds the field to a message, if the option is given. */
    void addTo(ObjectNode fields) {
        seconds.ifPresent(grace -> fields.put("grace_seconds", grace));
    }
}
