package dev.berth.model;

import java.time.Duration;
import java.util.List;

/** How a container is asked whether it is well; run by Docker, awaited by a start. */
public record HealthCheck(List<String> command, Duration interval, Duration timeout, int retries, Duration startPeriod) {
    public HealthCheck {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("must have a command");
        }
    }
}
