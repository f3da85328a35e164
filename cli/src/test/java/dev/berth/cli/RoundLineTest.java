package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.aws.JsonTelemetry;
import dev.berth.model.ErrorCode;
import dev.berth.model.HostId;
import dev.berth.model.JobId;
import dev.berth.model.OpId;
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
        RoundLine line = written("changed", Optional.empty(), Optional.empty(), 3);

        assertThat(line.isNews()).isTrue();
        assertThat(line.host() + ": " + line.text()).isEqualTo("host-1: reconcile: changed, 3 settled, 120 ms");
    }

    @Test
    void tellsWhyAHostCouldNotBeLookedAt() {
        RoundLine line = written("noop", Optional.of(ErrorCode.HOST_UNREACHABLE), Optional.of("no answer"), 0);

        assertThat(line.isNews()).isTrue();
        assertThat(line.text()).contains("(host_unreachable: no answer)");
    }

    @Test
    void isSilentAboutARoundThatFoundNothingToDo() {
        assertThat(written("noop", Optional.empty(), Optional.empty(), 0).isNews())
                .isFalse();
    }

    @Test
    void isNotMistakenForTheEndOfAnOperation() {
        assertThat(TelemetryLine.find(line("noop", Optional.empty(), Optional.empty(), 0)))
                .isEmpty();
        assertThat(RoundLine.find("{\"op_id\":\"op-0123456789ab\",\"outcome\":\"defect\"}"))
                .isEmpty();
        assertThat(RoundLine.find("a line of something else")).isEmpty();
    }

    private static RoundLine written(String outcome, Optional<ErrorCode> code, Optional<String> detail, int settled) {
        return RoundLine.find(line(outcome, code, detail, settled)).orElseThrow();
    }

    private static String line(String outcome, Optional<ErrorCode> code, Optional<String> detail, int settled) {
        List<String> lines = new ArrayList<>();
        new JsonTelemetry(lines::add)
                .tell(new Round(
                        OpId.of(new JobId("job")),
                        new HostId("host-1"),
                        outcome,
                        code,
                        detail,
                        settled,
                        Duration.ofMillis(120)));
        return lines.getFirst();
    }
}
