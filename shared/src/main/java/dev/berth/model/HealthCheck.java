package dev.berth.model;

import java.time.Duration;
import java.util.List;

/** How a container is asked whether it is well; run by Docker, awaited by a start. */
public record HealthCheck(
        List<String> command, Duration interval, Duration timeout, int retries, Duration startPeriod) {
    public HealthCheck {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("must have a command");
        }
        if (patience(interval, timeout, retries, startPeriod).compareTo(Limits.HEALTHY_MOST) > 0) {
            throw new IllegalArgumentException("must be able to tell within " + Limits.HEALTHY_MOST.toMinutes()
                    + " minutes: start_period + retries x (interval + timeout)");
        }
    }

    /** As long as Docker may need to call the container unhealthy. */
    public Duration patience() {
        return patience(interval, timeout, retries, startPeriod);
    }

    private static Duration patience(Duration interval, Duration timeout, int retries, Duration startPeriod) {
        return startPeriod.plus(interval.plus(timeout).multipliedBy(retries));
    }
}
