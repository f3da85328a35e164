package dev.berth.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.contract.HandClock;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.JobId;
import dev.berth.model.Limits;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.TraceHeader;
import dev.berth.port.EngineCall;
import dev.berth.port.EngineCalls;
import dev.berth.port.Metric;
import dev.berth.port.Telemetry.Audit;
import dev.berth.port.Telemetry.Buried;
import dev.berth.port.Telemetry.Cause;
import dev.berth.port.Telemetry.Defect;
import dev.berth.port.Telemetry.Operation;
import dev.berth.port.Telemetry.Received;
import dev.berth.port.Telemetry.Round;
import dev.berth.port.Telemetry.Step;
import dev.berth.port.Telemetry.Swept;
import dev.berth.port.Telemetry.Told;
import dev.berth.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EmfTelemetryTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final OpId OP = OpId.of(new JobId("job-1"));
    private static final TraceHeader TRACE = new TraceHeader("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1");
    private static final Cause CAUSE = new Cause(OP, Optional.of(TRACE));
    private static final Cause UNTRACED = new Cause(OP, Optional.empty());
    private static final GameId GAME = new GameId("g");
    private static final HostId HOST = new HostId("host-1");
    private static final Optional<Failure> NO_FAILURE = Optional.empty();
    private static final Failure SILENT = new Failure(ErrorCode.HOST_UNREACHABLE, "it is\nsilent");
    private static final Failure CORRUPT = new Failure(ErrorCode.LOG_CORRUPT, "entry 3 is missing");
    private static final EngineCalls CALLS = EngineCalls.NONE
            .with(new EngineCall("create the container", Duration.ofMillis(9), Optional.empty()))
            .with(new EngineCall("start the container", Duration.ofSeconds(60), Optional.of(ErrorCode.DOCKER_ERROR)));

    private final List<String> lines = new ArrayList<>();
    private final EmfTelemetry telemetry = new EmfTelemetry("berth", HandClock.at(NOW), lines::add);

    @Test
    void tellsOfAnOperationInOneLineThatIsLogAndMetricsAtOnce() {
        assertThat(told(new Operation(
                        CAUSE,
                        GAME,
                        OpKind.START,
                        "rolled_back",
                        Optional.of(SILENT),
                        CALLS,
                        Duration.ofMillis(1_250),
                        Map.of(Metric.ACQUIRE_LATENCY, 3L, Metric.ENTRIES_APPENDED, 1L))))
                .isEqualTo(Json.parse("""
                        {"timestamp": "2026-01-31T12:00:00.000Z", "op_id": "%s", "trace": "%s", "stack": "berth", "game_id": "g", "op_kind": "start",
                         "outcome": "rolled_back", "error_code": "host_unreachable", "error_message": "it is\\nsilent",
                         "millis": 1250,
                         "docker": [{"call": "create the container", "millis": 9},
                                    {"call": "start the container", "millis": 60000, "error_code": "docker_error"}],
                         "Operations": 1, "OperationDuration": 1250, "AcquireLatency": 3, "EntriesAppended": 1,
                         "_aws": {"Timestamp": 1769860800000, "CloudWatchMetrics": [
                           {"Namespace": "Berth", "Dimensions": [["stack", "op_kind", "outcome"], ["stack", "error_code"]],
                            "Metrics": [{"Name": "Operations", "Unit": "Count"}]},
                           {"Namespace": "Berth", "Dimensions": [["stack", "op_kind"]],
                            "Metrics": [{"Name": "OperationDuration", "Unit": "Milliseconds"}]},
                           {"Namespace": "Berth", "Dimensions": [["stack"]],
                            "Metrics": [{"Name": "AcquireLatency", "Unit": "Milliseconds"},
                                        {"Name": "EntriesAppended", "Unit": "Count"}]}]}}""".formatted(OP, TRACE)));
    }

    @Test
    void tellsOfAMessageWhoSentItWhenAndForWhatButNotWhatItSays() {
        assertThat(told(received())).isEqualTo(Json.parse("""
                        {"timestamp": "2026-01-31T12:00:00.000Z", "op_id": "%s", "trace": "%s", "stack": "berth", "outcome": "received",
                         "queue": "berth-stop-jobs", "message_id": "message-1", "job_id": "job-1", "game_id": "g",
                         "op_source": "gm_rest", "source_ref": "ticket-7", "deliveries": 2, "QueueAge": 1500,
                         "_aws": {"Timestamp": 1769860800000, "CloudWatchMetrics": [
                           {"Namespace": "Berth", "Dimensions": [["stack", "queue"]],
                            "Metrics": [{"Name": "QueueAge", "Unit": "Milliseconds"}]}]}}""".formatted(OP, TRACE)));
    }

    @Test
    void leavesOutWhatIsNotThere() {
        assertThat(told(new Round(
                        UNTRACED,
                        HOST,
                        "noop",
                        NO_FAILURE,
                        0,
                        Optional.empty(),
                        EngineCalls.NONE,
                        Duration.ofMillis(23))))
                .isEqualTo(Json.parse("""
                        {"timestamp": "2026-01-31T12:00:00.000Z", "op_id": "%s", "stack": "berth", "host_id": "host-1", "outcome": "noop", "millis": 23,
                         "settled": 0}""".formatted(OP)));
    }

    @Test
    void tellsHowManyWholeDaysTheCertificatesOfAHostLast() {
        JsonNode told = told(new Round(
                CAUSE,
                HOST,
                "noop",
                NO_FAILURE,
                0,
                Optional.of(Duration.ofDays(30).minusMillis(1)),
                EngineCalls.NONE,
                Duration.ofMillis(23)));

        assertThat(told.path("CertificateDays").asLong()).isEqualTo(29);
        assertThat(told.path("host_id").asText()).isEqualTo("host-1");
        assertThat(told.findValue("Dimensions"))
                .isEqualTo(Json.parse("{\"d\": [[\"stack\"]]}").get("d"));
    }

    @Test
    void countsAStepThatIsUndoneAmongNoDurations() {
        assertThat(told(step(false, NO_FAILURE)).path("StepDuration").asLong()).isEqualTo(7);
        assertThat(told(step(false, Optional.of(SILENT))).path("outcome").asText())
                .isEqualTo("failed");
        ObjectNode undone = told(step(true, NO_FAILURE));
        assertThat(undone.path("outcome").asText()).isEqualTo("undone");
        assertThat(undone.has("StepDuration") || undone.has("_aws")).isFalse();
        assertThat(told(step(true, Optional.of(SILENT))).path("outcome").asText())
                .isEqualTo("not undone");
    }

    @Test
    void countsACorruptLogWhoeverMeetsIt() {
        assertThat(told(audit(Optional.of(CORRUPT))).path("LogCorrupt").asLong())
                .isEqualTo(1);
        assertThat(told(operation(Optional.of(CORRUPT))).path("LogCorrupt").asLong())
                .isEqualTo(1);
        assertThat(told(audit(Optional.of(SILENT))).has("LogCorrupt")).isFalse();
        assertThat(told(audit(NO_FAILURE)).path("ReplayFailures").asInt(-1)).isZero();
    }

    @Test
    void tellsOfSoManyCallsAndHowManyMoreThereWere() {
        EngineCalls many = EngineCalls.NONE;
        for (int i = 0; i < Limits.CALLS_TOLD + 7; i++) {
            many = many.with(new EngineCall("look at the container", Duration.ofMillis(1), Optional.empty()));
        }
        JsonNode told =
                told(new Round(CAUSE, HOST, "noop", NO_FAILURE, 0, Optional.empty(), many, Duration.ofMillis(23)));

        assertThat(told.path("docker")).hasSize(Limits.CALLS_TOLD);
        assertThat(told.path("docker_more").asInt()).isEqualTo(7);
    }

    @Test
    void tellsOfADefectWhereItWas() {
        JsonNode told = told(new Defect(CAUSE, new IllegalStateException("unthought of")));

        assertThat(told.path("error_code").asText()).isEqualTo("internal");
        assertThat(told.path("stack_trace").asText()).contains("unthought of", "tellsOfADefectWhereItWas");
    }

    @Test
    void keepsTheRulesOfTheFormatAndHasAnOpIdInEveryKindOfLine() {
        everything().forEach(telemetry::tell);

        Set<String> metrics = new HashSet<>();
        assertThat(lines).allSatisfy(line -> {
            metrics.addAll(EmfRules.check(line));
            assertThat(Json.parse(line).path("op_id").asText()).isEqualTo(OP.value());
            assertThat(Json.parse(line).path("trace").asText()).isEqualTo(TRACE.value());
        });
        assertThat(metrics)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Metric.values()).map(Metric::word).toList());
    }

    @Test
    void knowsEveryKindOfLine() {
        assertThat(everything().map(Object::getClass).distinct()).hasSize(Told.class.getPermittedSubclasses().length);
    }

    @Test
    void tellsNothingApartByWhatHasManyValues() {
        assertThat(Metric.values())
                .allSatisfy(metric -> assertThat(metric.dimensions())
                        .isNotEmpty()
                        .allSatisfy(set -> assertThat(set)
                                .startsWith("stack")
                                .doesNotContain("op_id", "game_id", "host_id", "job_id", "message_id", "trace")));
    }

    private static Stream<Told> everything() {
        Map<Metric, Long> measured = Map.of(
                Metric.ACQUIRE_LATENCY,
                3L,
                Metric.LEASE_WAIT,
                9L,
                Metric.ENTRIES_APPENDED,
                1L,
                Metric.BYTES_APPENDED,
                9L);
        Map<Metric, Long> swept = Map.of(
                Metric.OPEN_DEPLOYMENTS, 2L, Metric.SWEEP_JOBS, 3L, Metric.SWEEP_RECOVERED, 1L, Metric.SWEEP_LEFT, 1L);
        return Stream.of(
                received(),
                new Buried(CAUSE, "berth-stop-jobs", "message-1", ErrorCode.INVALID_REQUEST),
                step(false, NO_FAILURE),
                step(true, Optional.of(SILENT)),
                operation(Optional.of(CORRUPT)),
                new Operation(
                        CAUSE, GAME, OpKind.STOP, "given back", NO_FAILURE, CALLS, Duration.ofMillis(5), measured),
                new Round(
                        CAUSE,
                        HOST,
                        "failed",
                        Optional.of(SILENT),
                        3,
                        Optional.of(Duration.ofDays(30)),
                        CALLS,
                        Duration.ofMillis(23)),
                new Swept(CAUSE, "due", NO_FAILURE, swept, Duration.ofMillis(8)),
                new Swept(CAUSE, "due", Optional.of(SILENT), Map.of(), Duration.ofMillis(8)),
                audit(NO_FAILURE),
                new Defect(CAUSE, new IllegalStateException("unthought of")));
    }

    private static Received received() {
        return new Received(
                CAUSE,
                "berth-stop-jobs",
                "message-1",
                Optional.of(new JobId("job-1")),
                Optional.of(GAME),
                Optional.empty(),
                Optional.of(OpSource.GM_REST),
                Optional.of("ticket-7"),
                2,
                Duration.ofMillis(1_500));
    }

    private static Step step(boolean undo, Optional<Failure> failure) {
        return new Step(CAUSE, GAME, OpKind.START, "create the container", undo, failure, CALLS, Duration.ofMillis(7));
    }

    @Test
    void aResultThatIsPublishedAgainSaysNothingOfTheLogAsItIsNow() {
        Operation again = new Operation(
                CAUSE, GAME, OpKind.STOP, "replayed", Optional.of(CORRUPT), CALLS, Duration.ofMillis(5), Map.of());

        assertThat(told(operation(Optional.of(CORRUPT))).has("LogCorrupt")).isTrue();
        assertThat(told(again).has("LogCorrupt")).isFalse();
    }

    private static Operation operation(Optional<Failure> failure) {
        return new Operation(CAUSE, GAME, OpKind.STOP, "noop", failure, CALLS, Duration.ofMillis(5), Map.of());
    }

    private static Audit audit(Optional<Failure> failure) {
        return new Audit(CAUSE, GAME, 1_200, 2, 500, failure, Duration.ofMillis(31));
    }

    private ObjectNode told(Told something) {
        lines.clear();
        telemetry.tell(something);
        assertThat(lines).hasSize(1);
        return Json.parse(lines.getFirst());
    }
}
