package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.EmfTelemetry;
import dev.berth.model.ErrorCode;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.ImagePolicy;
import dev.berth.model.Job;
import dev.berth.model.OperationFailed;
import dev.berth.model.ReconcileJob;
import dev.berth.model.TraceHeader;
import dev.berth.operation.Operations;
import dev.berth.operation.SideBySide;
import dev.berth.operation.Sweep;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.port.JobQueues;
import dev.berth.port.Telemetry;
import dev.berth.wire.Json;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a sweep tells of itself: it has no job, and can be followed all the same. */
class SweepLinesTest {
    private static final TraceHeader TRACE = new TraceHeader("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1");

    private final List<String> lines = new ArrayList<>();
    private final List<Optional<TraceHeader>> traces = new ArrayList<>();
    private boolean down;

    @Test
    void tellsOfEachTaskUnderAnOpIdOfItsOwn() {
        sweep().handle("{}", new TimeLeft(Duration.ofMinutes(1)));

        assertThat(told("reconcile").path("SweepJobs").asInt()).isEqualTo(1);
        ObjectNode due = told("due");
        assertThat(due.path("OpenDeployments").asInt(-1)).isZero();
        assertThat(due.path("SweepRecovered").asInt(-1)).isZero();
        assertThat(due.path("SweepLeft").asInt(-1)).isZero();
        assertThat(due.path("op_id").asText())
                .matches("op-[0-9a-f]{12}")
                .isNotEqualTo(told("reconcile").path("op_id").asText());
    }

    @Test
    void passesTheTraceOfItsInvocationOnToItsJobs() {
        sweep().handle("{}", new TimeLeft(Duration.ofMinutes(1)));

        assertThat(traces).hasSize(2).containsOnly(Optional.of(TRACE));
        assertThat(told("due").path("trace").asText()).isEqualTo(TRACE.value());
    }

    @Test
    void tellsWhyItFailed() {
        down = true;
        assertThatThrownBy(() -> sweep().handle("{\"task\": \"reconcile\"}", new TimeLeft(Duration.ofMinutes(1))))
                .isInstanceOf(OperationFailed.class);

        assertThat(told("reconcile").path("error_code").asText()).isEqualTo("store_unavailable");
        assertThat(told("reconcile").has("SweepJobs")).isFalse();
    }

    private ObjectNode told(String task) {
        List<ObjectNode> told = lines.stream()
                .map(Json::parse)
                .filter(line -> line.path("task").asText().equals(task))
                .toList();
        assertThat(told).hasSize(1);
        return told.getFirst();
    }

    private ScheduledSweep sweep() {
        Telemetry telemetry = new EmfTelemetry("berth", Clock.system(), lines::add);
        World world = new World(
                "berth",
                new DyingGames(new ArrayList<>()),
                new NoBlobs(),
                new OneHost(),
                (host, left, ended) -> {
                    throw new OperationFailed(ErrorCode.HOST_UNREACHABLE, "nobody looks at it here");
                },
                _ -> Optional.empty(),
                ImagePolicy.OPEN,
                new Unheard(),
                telemetry,
                Clock.system());
        Sweep sweep = new Sweep(world, new Operations(world), new Sent(), SideBySide.threads());
        return new ScheduledSweep(sweep, telemetry, Clock.system(), () -> Optional.of(TRACE));
    }

    private static final class OneHost extends NoHosts {
        @Override
        public List<Host> readAll() {
            return List.of(new Host(
                    new HostId("host-1"),
                    URI.create("tcp://127.0.0.1:2376"),
                    "tls",
                    Host.Capacity.NONE,
                    Host.Capacity.NONE,
                    HostState.ACTIVE,
                    Map.of()));
        }
    }

    private final class Sent implements JobQueues {
        @Override
        public void send(List<Job> jobs, Optional<TraceHeader> trace) {
            traces.add(trace);
        }

        @Override
        public void sendReconciles(List<ReconcileJob> jobs, Optional<TraceHeader> trace) {
            if (down) {
                throw new OperationFailed(ErrorCode.STORE_UNAVAILABLE, "simulated");
            }
            traces.add(trace);
        }
    }
}
