package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A game's running container as the engine describes it at a time from which on nothing may happen to it. */
final class Untouched {
    private final LocalBerth berth;
    private final LiveGame live;
    private final JsonNode before;
    private final String answer;
    private final Instant since;

    /** Looks at it; nothing that others do to it may be under way. */
    Untouched(LocalBerth berth, LiveGame live) {
        this.berth = berth;
        this.live = live;
        before = live.inspected();
        answer = live.answer();
        // Asked at once: of a busy engine's events only the last 256 are kept.
        assertThat(events(Instant.EPOCH))
                .as("what the engine told of it before")
                .contains("\"start\"");
        since = Instant.now();
    }

    void assertStill() {
        JsonNode now = live.inspected();
        assertThat(now.path("Id")).isEqualTo(before.path("Id"));
        assertThat(now.path("Name")).isEqualTo(before.path("Name"));
        // Among others: when it was started.
        assertThat(now.path("State")).isEqualTo(before.path("State"));
        assertThat(now.path("State").path("Running").asBoolean()).isTrue();
        assertThat(now.path("RestartCount").asInt(-1)).isZero();
        assertThat(live.names()).containsExactly(before.path("Name").asText().substring(1));
        assertThat(live.answer()).isEqualTo(answer);
        assertThat(events(since)).as("what the engine told of it since").isEmpty();
    }

    private String events(Instant from) {
        String filters = "{\"container\":[\"" + before.path("Id").asText() + "\"]}";
        String query = "since=" + time(from) + "&until=" + time(Instant.now()) + "&filters="
                + URLEncoder.encode(filters, StandardCharsets.UTF_8);
        return berth.engine.api().send("GET", "/events?" + query, "").body();
    }

    private static String time(Instant at) {
        return "%d.%09d".formatted(at.getEpochSecond(), at.getNano());
    }
}
