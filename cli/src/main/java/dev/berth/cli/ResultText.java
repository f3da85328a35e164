package dev.berth.cli;

import dev.berth.model.Endpoint;
import dev.berth.model.JobResult;
import dev.berth.model.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A job's result for people. */
record ResultText(Style style) {
    private static final int SHORT_ID = 12;

    /** A line that says how it went, and one for each thing to know of it. */
    List<String> lines(JobResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(summary(result));
        result.host().ifPresent(host -> lines.add("  host       " + host));
        result.container().ifPresent(container -> lines.add("  container  " + shortId(container)));
        result.image().ifPresent(image -> lines.add("  image      " + image));
        if (!result.endpoints().isEmpty()) {
            lines.add("  endpoint   " + endpoints(result.endpoints()));
        }
        return lines;
    }

    String summary(JobResult result) {
        String what = result.kind().wire() + " of " + result.game() + ": ";
        String took = Duration.between(result.startedAt(), result.finishedAt()).toMillis() + " ms";
        String how = result.outcome() == Outcome.SUCCESS
                ? style.good("success") + " (" + result.effect().wire() + ", " + took + ")"
                : style.bad("failure") + " (" + result.effect().wire() + ", " + took + ")";
        return what
                + how
                + result.failure()
                        .map(failure -> ": " + failure.code().wire() + ": " + failure.text())
                        .orElse("");
    }

    static String shortId(String container) {
        return container.substring(0, Math.min(SHORT_ID, container.length()));
    }

    static String endpoints(List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(endpoint -> endpoint.host() + ":" + endpoint.port() + "->" + endpoint.container() + "/"
                        + endpoint.protocol().wire())
                .collect(Collectors.joining(", "));
    }
}
