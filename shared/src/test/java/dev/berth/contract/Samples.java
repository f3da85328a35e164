package dev.berth.contract;

import dev.berth.action.Deployment;
import dev.berth.action.StepError;
import dev.berth.model.Desired;
import dev.berth.model.Effect;
import dev.berth.model.Endpoint;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.Fence;
import dev.berth.model.FileSpec;
import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.ImageRef;
import dev.berth.model.JobId;
import dev.berth.model.JobResult;
import dev.berth.model.LogHead;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.OperationEntry;
import dev.berth.model.Outcome;
import dev.berth.model.PinnedImage;
import dev.berth.model.Placement;
import dev.berth.model.Protocol;
import dev.berth.model.Resources;
import dev.berth.model.RestartPolicy;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.Sha256;
import dev.berth.model.Size;
import dev.berth.port.Commit.FinishedJob;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Values to keep; every id is new, because the real tables are shared by all tests. */
public final class Samples {
    /** Two bytes, three bytes, a pair of surrogates, and what JSON and PartiQL treat specially. */
    static final String AWKWARD = "Zo\u00eb \u4f8b \ud83c\udfae ' \" \\ ? {} \n\t";

    static final Instant AT = Instant.parse("2030-01-02T03:04:05.678Z");
    static final Resources AMOUNT = new Resources(1500, new Size(512L << 20));
    static final ImageRef IMAGE = new ImageRef("berth-demo/game:1.0.0");

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Samples() {}

    public static GameId game() {
        return new GameId(unique("game"));
    }

    static String unique(String kind) {
        return kind + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    }

    /** A host for two games of {@link #AMOUNT}, and a little more. */
    static Host host(HostState state) {
        return new Host(
                        new HostId(unique("host")),
                        URI.create("tcp://127.0.0.1:2376"),
                        "/nowhere",
                        new Capacity(3400, 1200L << 20),
                        Capacity.NONE,
                        state,
                        Map.of("name", AWKWARD))
                .withEngine(Optional.of(AWKWARD));
    }

    static Deployment deployment(String state) {
        StepError error = new StepError("pull the image", false, "image_pull_failed", AWKWARD, AT);
        return new Deployment(
                unique("deployment"),
                "start",
                "{\"image\":\"" + AWKWARD + "\"}",
                Deployment.Status.UNDOING,
                3,
                "create the container",
                5,
                4,
                state,
                2,
                AT,
                List.of(error),
                Optional.of(error),
                Optional.of("half of it"));
    }

    static RuntimeSpec spec(Map<String, String> env) {
        return spec(env, Optional.empty(), List.of());
    }

    /** A spec of which the game is stopped when it was not touched for that long. */
    static RuntimeSpec spec(Duration autoStopAfter) {
        return spec(Map.of(), Optional.of(autoStopAfter), List.of());
    }

    static RuntimeSpec spec(List<FileSpec> files) {
        return spec(Map.of(), Optional.empty(), files);
    }

    private static RuntimeSpec spec(Map<String, String> env, Optional<Duration> autoStopAfter, List<FileSpec> files) {
        return new RuntimeSpec(
                AMOUNT,
                Optional.empty(),
                List.of("run", AWKWARD),
                env,
                List.of(),
                List.of(),
                files,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RestartPolicy.NEVER,
                autoStopAfter,
                Optional.empty(),
                Map.of("mode", AWKWARD),
                Optional.empty(),
                false,
                Map.of());
    }

    static RuntimeRecord running(HostId host, Fence fence) {
        return RuntimeRecord.running(
                new Placement(host, AMOUNT),
                new GameContainer(
                        Sha256.hex(unique("container")),
                        fence,
                        List.of(new Endpoint(8080, Protocol.TCP, "127.0.0.1", 32_768)),
                        AT),
                new PinnedImage(IMAGE, "sha256:" + Sha256.hex("image")),
                Sha256.hex("spec"),
                Optional.of(host));
    }

    static RuntimeRecord failed() {
        return new RuntimeRecord(
                dev.berth.model.RuntimeStatus.FAILED,
                Desired.STOPPED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(ErrorCode.CONTAINER_START_FAILED),
                Optional.empty(),
                List.of());
    }

    static OperationEntry entry(
            GameId game, LogHead head, Fence fence, RuntimeRecord record, Optional<String> failure) {
        JobId job = new JobId(unique("job"));
        return new OperationEntry(
                game,
                head.seq() + 1,
                OpId.of(job),
                job,
                OpKind.START,
                OpSource.LOBBY_STREAM,
                Optional.of(AWKWARD),
                record.host(),
                Optional.of(IMAGE),
                Optional.empty(),
                Optional.empty(),
                fence,
                failure.isPresent() ? Outcome.FAILURE : Outcome.SUCCESS,
                Effect.CHANGED,
                failure.map(text -> new Failure(ErrorCode.DOCKER_ERROR, text)),
                AT,
                AT.plusMillis(1),
                Optional.of(record),
                head.hash());
    }

    /** The same entry of an operation that changed nothing. */
    static OperationEntry unchanged(OperationEntry entry) {
        return new OperationEntry(
                entry.game(),
                entry.seq(),
                entry.op(),
                entry.job(),
                entry.kind(),
                entry.source(),
                entry.sourceRef(),
                entry.host(),
                entry.image(),
                entry.imageDigest(),
                entry.container(),
                entry.fence(),
                entry.outcome(),
                Effect.NOOP,
                entry.failure(),
                entry.startedAt(),
                entry.finishedAt(),
                Optional.empty(),
                entry.prevHash());
    }

    static FinishedJob finished(GameId game, Optional<String> failure) {
        JobId job = new JobId(unique("job"));
        return new FinishedJob(
                job.value(),
                Sha256.hex(job.value()),
                new JobResult(
                        job,
                        game,
                        OpKind.START,
                        OpSource.ADMIN_REST,
                        Optional.empty(),
                        failure.isPresent() ? Outcome.FAILURE : Outcome.SUCCESS,
                        Effect.NOOP,
                        failure.map(text -> new Failure(ErrorCode.CONFLICT, text)),
                        Optional.of(new HostId("host-1")),
                        Optional.empty(),
                        Optional.of(IMAGE),
                        Optional.empty(),
                        List.of(new Endpoint(8080, Protocol.UDP, "127.0.0.1", 32_768)),
                        Optional.of(7L),
                        AT,
                        AT));
    }
}
