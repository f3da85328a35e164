package dev.berth.wire;

import static dev.berth.wire.Messages.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.model.Blob;
import dev.berth.model.CleanupJob;
import dev.berth.model.FileSpec;
import dev.berth.model.GameId;
import dev.berth.model.HealthCheck;
import dev.berth.model.ImageRef;
import dev.berth.model.Job;
import dev.berth.model.JobId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.PatchJob;
import dev.berth.model.PortSpec;
import dev.berth.model.Protocol;
import dev.berth.model.Resources;
import dev.berth.model.RestartJob;
import dev.berth.model.RestartPolicy;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.Sha256;
import dev.berth.model.Size;
import dev.berth.model.StartJob;
import dev.berth.model.StopJob;
import dev.berth.model.StopReason;
import dev.berth.model.VolumeSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class JobJsonTest {
    @Test
    void readsEverythingThatAStartCanSay() {
        StartJob job = (StartJob) read(OpKind.START, Messages.START);

        assertThat(job.kind()).isEqualTo(OpKind.START);
        assertThat(job.game()).isEqualTo(new GameId("match-42"));
        assertThat(job.image()).isEqualTo(new ImageRef("localhost:5000/berth-demo/game:1.0.0"));
        assertThat(job.request().job()).isEqualTo(new JobId("job-1"));
        assertThat(job.request().source()).isEqualTo(OpSource.GM_REST);
        assertThat(job.request().sourceRef()).contains("ticket 7");
        assertThat(job.request().requestedAt()).isEqualTo(Instant.parse("2026-01-31T11:59:00Z"));
        assertThat(job.request().deadline()).contains(Instant.parse("2026-01-31T11:30:00Z"));
        assertThat(job.spec())
                .contains(new RuntimeSpec(
                        new Resources(1500, Size.parse("512M")),
                        Optional.of(Size.parse("1G")),
                        List.of("serve", "--port", "7777"),
                        Map.of("MODE", "ranked", "TOKEN", "{{secret:games/token#value}}"),
                        List.of(
                                new PortSpec(7777, Protocol.UDP, Optional.of(30_000)),
                                new PortSpec(8080, Protocol.TCP, Optional.empty())),
                        List.of(new VolumeSpec("world", "/data")),
                        List.of(
                                new FileSpec("/etc/game/motd", Sha256.hex("hello"), 5, 0644),
                                new FileSpec("/etc/game/key", Sha256.hex(new byte[] {0, -1}), 2, 0600)),
                        Optional.of(new HealthCheck(
                                List.of("ask"),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(1),
                                5,
                                Duration.ofSeconds(3))),
                        Optional.of(Duration.ofSeconds(4)),
                        Optional.of("SIGINT"),
                        Optional.of(Duration.ofSeconds(20)),
                        RestartPolicy.ON_FAILURE,
                        Optional.of(Duration.ofMinutes(30)),
                        Optional.of(Duration.ofDays(1)),
                        Map.of("team", "blue"),
                        Optional.of("1000:1000"),
                        false,
                        Map.of("zone", "a")));
        assertThat(job.contents()).containsExactly(new Blob("hello".getBytes(UTF_8)), new Blob(new byte[] {0, -1}));
    }

    @Test
    void readsEverythingThatAStopCanSay() {
        StopJob job = (StopJob) read(OpKind.STOP, Messages.STOP);

        assertThat(job.kind()).isEqualTo(OpKind.STOP);
        assertThat(job.reason()).isEqualTo(StopReason.DRAIN);
        assertThat(job.grace()).contains(Duration.ofSeconds(30));
        assertThat(job.request().source()).isEqualTo(OpSource.ADMIN_REST);
    }

    @Test
    void readsEverythingThatARestartCanSay() {
        RestartJob job = (RestartJob) read(OpKind.RESTART, Messages.RESTART);

        assertThat(job.kind()).isEqualTo(OpKind.RESTART);
        assertThat(job.grace()).contains(Duration.ZERO);
        assertThat(job.request().job()).isEqualTo(new JobId("job-3"));
    }

    @Test
    void readsEverythingThatAPatchCanSay() {
        PatchJob job = (PatchJob) read(OpKind.PATCH, Messages.PATCH);

        assertThat(job.kind()).isEqualTo(OpKind.PATCH);
        assertThat(job.image()).isEqualTo(new ImageRef("localhost:5000/berth-demo/game:1.0.1"));
        assertThat(job.grace()).contains(Duration.ofMinutes(5));
    }

    @Test
    void readsEverythingThatACleanupCanSay() {
        CleanupJob job = (CleanupJob) read(OpKind.CLEANUP_CONTAINER, Messages.CLEANUP);

        assertThat(job.kind()).isEqualTo(OpKind.CLEANUP_CONTAINER);
        assertThat(job.purgeVolumes()).isTrue();
        assertThat(job.request().source()).isEqualTo(OpSource.ADMIN_REST);
    }

    @Test
    void takesWhatIsNotSaidFromTheMessageAndTheContract() {
        StartJob start = (StartJob) read(OpKind.START, "{\"game_id\":\"g\",\"image_ref\":\"redis\"}");

        assertThat(start.spec()).isEmpty();
        assertThat(start.request().job()).isEqualTo(new JobId(Messages.MESSAGE_ID));
        assertThat(start.request().source()).isEqualTo(OpSource.LOBBY_STREAM);
        assertThat(start.request().sourceRef()).isEmpty();
        assertThat(start.request().requestedAt()).isEqualTo(Messages.SENT);
        assertThat(start.request().deadline()).isEmpty();

        StopJob stop = (StopJob) read(OpKind.STOP, "{\"game_id\":\"g\"}");

        assertThat(stop.reason()).isEqualTo(StopReason.ADMIN_REQUEST);
        assertThat(stop.grace()).isEmpty();
        assertThat(((RestartJob) read(OpKind.RESTART, "{\"game_id\":\"g\"}")).grace())
                .isEmpty();
        assertThat(((CleanupJob) read(OpKind.CLEANUP_CONTAINER, "{\"game_id\":\"g\"}")).purgeVolumes())
                .isFalse();
    }

    @Test
    void takesNothingForRequestedAfterItWasSent() {
        Job job = read(OpKind.STOP, "{\"game_id\":\"g\",\"requested_at\":\"9999-01-01T00:00:00Z\"}");

        assertThat(job.request().requestedAt()).isEqualTo(Messages.SENT);
    }

    @Test
    void givesAnEmptySpecTheDefaults() {
        StartJob start = (StartJob) read(OpKind.START, "{\"game_id\":\"g\",\"image_ref\":\"redis\",\"spec\":{}}");
        RuntimeSpec spec = start.spec().orElseThrow();

        assertThat(spec.resources()).isEqualTo(RuntimeSpec.DEFAULT_RESOURCES);
        assertThat(spec.restart()).isEqualTo(RestartPolicy.NEVER);
        assertThat(spec.readOnly()).isFalse();
        assertThat(spec.ports()).isEmpty();
        assertThat(spec.health()).isEmpty();
        assertThat(spec.settle()).isEmpty();
    }

    @Test
    void takesNullForAbsent() {
        Job said = read(OpKind.STOP, "{\"game_id\":\"g\"}");
        Job unsaid = read(OpKind.STOP, "{\"game_id\":\"g\",\"reason\":null,\"grace_seconds\":null,\"job_id\":null}");

        assertThat(unsaid).isEqualTo(said);
    }

    @Test
    void knowsTheSameMessageAgainHoweverItIsWritten() {
        String hash = read(OpKind.START, Messages.START).request().contentHash();

        assertThat(read(OpKind.START, Messages.of(OpKind.START)).request().contentHash())
                .isEqualTo(hash);
        assertThat(read(OpKind.START, Messages.START.replace("1.5,", "1.50,").replace("1024", "1024.0"))
                        .request()
                        .contentHash())
                .isEqualTo(hash);
        assertThat(JobJson.read(OpKind.START, Messages.START, "other-message", Messages.SENT.plusSeconds(60))
                        .request()
                        .contentHash())
                .isEqualTo(hash);
    }

    @Test
    void tellsMessagesOfOtherContentOrAnotherQueueApart() {
        String minimal = "{\"game_id\":\"g\",\"job_id\":\"j\"}";
        String hash = read(OpKind.STOP, minimal).request().contentHash();

        assertThat(hash).hasSize(64);
        assertThat(read(OpKind.STOP, "{\"game_id\":\"h\",\"job_id\":\"j\"}")
                        .request()
                        .contentHash())
                .isNotEqualTo(hash);
        assertThat(read(OpKind.STOP, "{\"game_id\":\"g\",\"job_id\":\"j\",\"reason\":\"idle\"}")
                        .request()
                        .contentHash())
                .isNotEqualTo(hash);
        assertThat(read(OpKind.RESTART, minimal).request().contentHash()).isNotEqualTo(hash);
        assertThat(read(OpKind.CLEANUP_CONTAINER, minimal).request().contentHash())
                .isNotEqualTo(hash);
        assertThat(JobJson.header(OpKind.START, minimal, Messages.MESSAGE_ID, Messages.SENT)
                        .orElseThrow()
                        .request()
                        .contentHash())
                .isNotEqualTo(hash);
    }

    @ParameterizedTest
    @EnumSource(
            value = OpKind.class,
            names = {"RECONCILE_ADOPT", "RECONCILE_DISPOSE"},
            mode = Mode.INCLUDE)
    void isNotAskedForKindsThatNoQueueCarries(OpKind kind) {
        assertThatThrownBy(() -> read(kind, "{\"game_id\":\"g\"}")).isInstanceOf(IllegalArgumentException.class);
    }
}
