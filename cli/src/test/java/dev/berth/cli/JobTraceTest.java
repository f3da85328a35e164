package dev.berth.cli;

import static dev.berth.cli.LogSamples.GAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.JobId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JobTraceTest {
    private static final OpId OP = OpId.of(new JobId("job-3"));
    private static final LoggedEntry ENTRY = LogSamples.entry(GAME, 3, LogHead.GENESIS, 5);

    private static FunctionLogs.Line line(int second, String more) {
        Instant at = Samples.NOW.plusSeconds(second);
        return new FunctionLogs.Line(at, "{\"op_id\":\"" + OP + "\"," + more + "}");
    }

    private static final FunctionLogs.Line RECEIVED = line(
            1,
            "\"outcome\":\"received\",\"queue\":\"start-jobs\",\"job_id\":\"job-3\",\"deliveries\":2,\"QueueAge\":40");
    private static final FunctionLogs.Line STEP = line(
            2,
            "\"game_id\":\"arena\",\"op_kind\":\"start\",\"step\":\"create the container\",\"outcome\":\"failed\","
                    + "\"error_code\":\"docker_error\",\"error_message\":\"no (" + OP + ")\",\"millis\":30,"
                    + "\"docker\":[{\"call\":\"create the container\",\"millis\":20,\"error_code\":\"docker_error\"}],"
                    + "\"docker_more\":2,\"_aws\":{\"Timestamp\":1}");
    private static final FunctionLogs.Line OPERATION = line(
            7,
            "\"game_id\":\"arena\",\"op_kind\":\"start\",\"outcome\":\"nothing\",\"millis\":90,"
                    + "\"docker\":[{\"call\":\"create the container\",\"millis\":20}]");

    private static List<TraceEvent> events(FunctionLogs.Line... lines) {
        return new JobTrace(OP, List.of(lines), List.of(ENTRY), Optional.empty()).events();
    }

    @Test
    void tellsWhatHappenedInOrderOfTime() {
        assertThat(events(OPERATION, STEP, RECEIVED))
                .extracting(TraceEvent::what)
                .containsExactly("received", "step", "entry", "operation");
    }

    @Test
    void tellsOfEachDelivery() {
        assertThat(events(RECEIVED).getFirst().text())
                .isEqualTo("from start-jobs, delivery 2, 40 ms after it was sent");
    }

    @Test
    void tellsWhatAStepHasAskedOfTheEngineAndWhyItFailed() {
        TraceEvent step = events(STEP).getFirst();

        assertThat(step.text()).isEqualTo("create the container: failed (docker_error), 30 ms");
        assertThat(step.more()).containsExactly("docker: create the container 20 ms (docker_error), and 2 more", "no");
        assertThat(step.json().path("docker")).hasSize(1);
        assertThat(step.json().has("_aws")).isFalse();
    }

    @Test
    void tellsTheCallsOfAnOperationOnce() {
        assertThat(events(OPERATION).getLast().more()).isEmpty();
    }

    @Test
    void tellsOfDefectsAndOfWhateverElseWasLogged() {
        FunctionLogs.Line defect =
                line(1, "\"outcome\":\"defect\",\"error_code\":\"internal\",\"stack_trace\":\"a\\nb\"");
        FunctionLogs.Line other = new FunctionLogs.Line(Samples.NOW, "[StartFunction failed] " + OP);

        List<TraceEvent> events = events(defect, other);

        assertThat(events.get(0).text()).isEqualTo("[StartFunction failed] " + OP);
        assertThat(events.get(1).text()).isEqualTo("defect (internal)");
        assertThat(events.get(1).more()).containsExactly("a", "b");
    }

    @Test
    void tellsWhatTheEntryBecame() {
        assertThat(events().getFirst().text())
                .isEqualTo("entry 3 of arena: start, failure, changed (container_start_failed)");
        LoggedEntry later = LogSamples.ofLaterVersion(ENTRY);
        assertThat(new JobTrace(OP, List.of(), List.of(later), Optional.empty())
                        .events()
                        .getFirst()
                        .text())
                .isEqualTo("entry 3 of arena: is of another version: 2");
    }

    @Test
    void knowsTheJobByItsEntriesOrByItsMessage() {
        assertThat(JobTrace.job(List.of(), List.of(ENTRY))).contains(new JobId("job-3"));
        assertThat(JobTrace.job(List.of(OPERATION, RECEIVED), List.of())).contains(new JobId("job-3"));
        assertThat(JobTrace.job(List.of(OPERATION), List.of())).isEmpty();
    }

    @Test
    void aJobIsNamedByItsOwnIdOrByItsOpId() {
        assertThat(TracedJob.parse("job-3")).isEqualTo(new TracedJob(OP, Optional.of(new JobId("job-3"))));
        assertThat(TracedJob.parse(OP.value())).isEqualTo(new TracedJob(OP, Optional.empty()));
    }
}
