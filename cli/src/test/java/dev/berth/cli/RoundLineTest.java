package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.aws.EmfTelemetry;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.HostId;
import dev.berth.model.JobId;
import dev.berth.model.OpId;
import dev.berth.port.Clock;
import dev.berth.port.EngineCalls;
import dev.berth.port.Telemetry.Cause;
import dev.berth.port.Telemetry.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the functions write, read back. */
final class RoundLineTest {
    @Test
    void tellsOfARoundThatSettledSomething() {
        RoundLine line = written("changed", Optional.empty(), 3);

        assertThat(line.isNews()).isTrue();
        assertThat(line.host() + ": " + line.text()).isEqualTo("host-1: reconcile: changed, 3 settled, 120 ms");
    }

    @Test
    void tellsWhyAHostCouldNotBeLookedAt() {
        RoundLine line = written("noop", Optional.of(new Failure(ErrorCode.HOST_UNREACHABLE, "no answer")), 0);

        assertThat(line.isNews()).isTrue();
        assertThat(line.text()).contains("(host_unreachable: no answer)");
    }

    @Test
    void isSilentAboutARoundThatFoundNothingToDo() {
        assertThat(written("noop", Optional.empty(), 0).isNews()).isFalse();
    }

    @Test
    void isNotMistakenForTheEndOfAnOperation() {
        assertThat(TelemetryLine.find(line("noop", Optional.empty(), 0))).isEmpty();
        assertThat(RoundLine.find("{\"op_id\":\"op-0123456789ab\",\"outcome\":\"defect\"}"))
                .isEmpty();
        assertThat(RoundLine.find("a line of something else")).isEmpty();
    }

    private static RoundLine written(String outcome, Optional<Failure> failure, int settled) {
        return RoundLine.find(line(outcome, failure, settled)).orElseThrow();
    }

    private static String line(String outcome, Optional<Failure> failure, int settled) {
        List<String> lines = new ArrayList<>();
        new EmfTelemetry("berth", Clock.system(), lines::add)
                .tell(new Round(
                        new Cause(OpId.of(new JobId("job")), Optional.empty()),
                        new HostId("host-1"),
                        outcome,
                        failure,
                        settled,
                        Optional.empty(),
                        EngineCalls.NONE,
                        Duration.ofMillis(120)));
        return lines.getFirst();
    }
}
