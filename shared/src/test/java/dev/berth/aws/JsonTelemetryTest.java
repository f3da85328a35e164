package dev.berth.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.JobId;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.port.Telemetry.Event;
import dev.berth.port.Telemetry.Round;
import dev.berth.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JsonTelemetryTest {
    private static final OpId OP = OpId.of(new JobId("job-1"));

    private final List<String> lines = new ArrayList<>();
    private final JsonTelemetry telemetry = new JsonTelemetry(lines::add);

    @Test
    void tellsTheEndOfAJobOnAHostInOneLine() {
        telemetry.tell(new Round(
                OP,
                new HostId("host-1"),
                "failed",
                Optional.of(ErrorCode.HOST_UNREACHABLE),
                Optional.of("it is\nsilent"),
                3,
                Duration.ofMillis(1_250)));

        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line).doesNotContain("\n");
            assertThat(Json.parse(line)).isEqualTo(Json.parse("""
                            {"op_id": "%s", "host_id": "host-1", "outcome": "failed",
                             "error_code": "host_unreachable", "error_message": "it is\\nsilent",
                             "settled": 3, "millis": 1250}""".formatted(OP.value())));
        });
    }

    @Test
    void leavesOutWhatIsNotThere() {
        telemetry.tell(new Round(
                OP, new HostId("host-1"), "noop", Optional.empty(), Optional.empty(), 0, Duration.ofMillis(23)));
        telemetry.tell(new Event(
                OP,
                new GameId("g"),
                OpKind.STOP,
                Optional.empty(),
                "changed",
                Optional.empty(),
                Optional.empty(),
                Duration.ofMillis(5)));

        assertThat(lines.stream().map(Json::parse))
                .containsExactly(Json.parse("""
                                {"op_id": "%s", "host_id": "host-1", "outcome": "noop", "settled": 0, "millis": 23}""".formatted(OP.value())), Json.parse("""
                                {"op_id": "%s", "game_id": "g", "op_kind": "stop", "outcome": "changed",
                                 "millis": 5}""".formatted(OP.value())));
    }
}
