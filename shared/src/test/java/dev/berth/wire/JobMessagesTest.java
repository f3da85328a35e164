package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Drift;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.JobId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.RestartJob;
import dev.berth.model.SettleJob;
import dev.berth.model.StopJob;
import dev.berth.model.StopReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the messages that we send look like; that they are read back as they were is RoundTripTest's matter. */
final class JobMessagesTest {
    private static final GameId GAME = new GameId("match-42");
    private static final Request REQUEST = new Request(
            new JobId("sweep-1"),
            OpSource.AUTO_TTL,
            Optional.empty(),
            Instant.parse("2026-01-31T12:00:00Z"),
            Optional.of(Instant.parse("2026-01-31T12:03:00Z")),
            "any");

    @Test
    void sayOfAStopWhatTheContractHas() {
        assertThat(travelled(JobMessages.write(
                        new StopJob(GAME, REQUEST, StopReason.IDLE, Optional.of(Duration.ofSeconds(30))))))
                .isEqualTo(Json.parse("""
                        {"game_id": "match-42", "job_id": "sweep-1", "op_source": "auto_ttl",
                         "requested_at": "2026-01-31T12:00:00.000Z", "deadline": "2026-01-31T12:03:00.000Z",
                         "reason": "idle", "grace_seconds": 30}"""));
    }

    @Test
    void leaveOutWhatIsNotThere() {
        Request bare = new Request(
                REQUEST.job(),
                REQUEST.source(),
                Optional.empty(),
                REQUEST.requestedAt(),
                Optional.empty(),
                REQUEST.contentHash());

        assertThat(travelled(JobMessages.write(new RestartJob(GAME, bare, Optional.empty()))))
                .isEqualTo(Json.parse("""
                        {"game_id": "match-42", "job_id": "sweep-1", "op_source": "auto_ttl",
                         "requested_at": "2026-01-31T12:00:00.000Z"}"""));
    }

    @Test
    void sayOfAReconcileWhatTheContractHas() {
        assertThat(travelled(JobMessages.write(new ReconcileJob(new HostId("host-1"), REQUEST))))
                .isEqualTo(Json.parse("""
                        {"host_id": "host-1", "job_id": "sweep-1", "op_source": "auto_ttl",
                         "requested_at": "2026-01-31T12:00:00.000Z", "deadline": "2026-01-31T12:03:00.000Z"}"""));
    }

    @ParameterizedTest
    @EnumSource(
            value = OpKind.class,
            names = {"START", "PATCH"})
    void areNotWrittenForWhatOnlyOthersAskFor(OpKind kind) {
        assertThatThrownBy(() -> JobMessages.write(Messages.read(kind, Messages.of(kind))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(kind.wire());
    }

    @Test
    void carryNothingThatReconcileSettles() {
        assertThatThrownBy(() -> JobMessages.write(new SettleJob(GAME, REQUEST, new HostId("host-1"), Drift.EXITED)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ObjectNode travelled(ObjectNode message) {
        return Json.parse(Json.write(message));
    }
}
