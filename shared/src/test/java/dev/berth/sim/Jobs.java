package dev.berth.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.model.Blob;
import dev.berth.model.CleanupJob;
import dev.berth.model.FileSpec;
import dev.berth.model.GameId;
import dev.berth.model.HealthCheck;
import dev.berth.model.ImageRef;
import dev.berth.model.Job;
import dev.berth.model.JobId;
import dev.berth.model.OpSource;
import dev.berth.model.PatchJob;
import dev.berth.model.PortSpec;
import dev.berth.model.Protocol;
import dev.berth.model.Request;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes jobs of every kind there is. A kind without a generator fails a test. */
final class Jobs {
    private static final List<ImageRef> IMAGES = List.of(
            Images.GOOD,
            Images.GOOD,
            Images.OTHER,
            Images.DIES,
            Images.REFUSES,
            Images.SICK,
            Images.ABSENT,
            Images.DENIED,
            Images.NEXT);
    private static final List<Duration> GRACES =
            List.of(Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(70), Duration.ofSeconds(300));

    private static final int STARTS_MORE = 3;
    private static final Blob MAP = new Blob("here be dragons".getBytes(UTF_8));

    private static final FileSpec FILE = new FileSpec("/etc/map", MAP.sha256(), MAP.size(), 0600);
    private static final VolumeSpec WORLD = new VolumeSpec("world", "/world");

    private static final Map<Class<? extends Job>, Generator> GENERATORS = new LinkedHashMap<>();

    static {
        GENERATORS.put(StartJob.class, Jobs::start);
        GENERATORS.put(StopJob.class, Jobs::stop);
        GENERATORS.put(RestartJob.class, Jobs::restart);
        GENERATORS.put(PatchJob.class, Jobs::patch);
        GENERATORS.put(CleanupJob.class, Jobs::cleanup);
    }

    /** Makes a job of one kind; with calm choices the most ordinary one. */
    interface Generator {
        Job make(GameId game, JobId id, Instant at, Choices choices);
    }

    private Jobs() {}

    static Map<Class<? extends Job>, Generator> generators() {
        return GENERATORS;
    }

    static Job any(GameId game, JobId id, Instant at, Choices choices) {
        List<Generator> all = List.copyOf(GENERATORS.values());
        // Without starts, nothing is there to be done anything with.
        int pick = choices.pick(all.size() + STARTS_MORE);
        return all.get(pick < all.size() ? pick : 0).make(game, id, at, choices);
    }

    /** The same with what matters to a fleet: whether it starts again by itself, and how it leaves a host. */
    static Job inFleet(Job job, Choices choices) {
        return job instanceof StartJob start && start.spec().isPresent()
                ? new StartJob(
                        start.game(),
                        start.request(),
                        start.image(),
                        Optional.of(inFleet(start.spec().get(), choices)),
                        start.contents())
                : job;
    }

    private static RuntimeSpec inFleet(RuntimeSpec spec, Choices choices) {
        List<RestartPolicy> policies = List.of(RestartPolicy.NEVER, RestartPolicy.ON_FAILURE, RestartPolicy.ALWAYS);
        RestartPolicy restart = policies.get(choices.pick(policies.size()));
        String drain = List.of("move", "stop", "wait").get(choices.seldom(300, 3));
        return new RuntimeSpec(
                spec.resources(),
                spec.disk(),
                spec.command(),
                spec.env(),
                spec.ports(),
                spec.volumes(),
                spec.files(),
                spec.health(),
                spec.settle(),
                spec.stopSignal(),
                spec.stopGrace(),
                restart,
                choices.chance(150) ? Optional.of(Duration.ofMinutes(4)) : Optional.empty(),
                choices.chance(150) ? Optional.of(Duration.ofMinutes(6)) : Optional.empty(),
                Map.of("drain", drain),
                spec.user(),
                spec.readOnly(),
                spec.hostLabels());
    }

    static StartJob start(GameId game, String id, Instant at) {
        return (StartJob) start(game, new JobId(id), at, Choices.calm());
    }

    static StopJob stop(GameId game, String id, Instant at) {
        return (StopJob) stop(game, new JobId(id), at, Choices.calm());
    }

    private static Job start(GameId game, JobId id, Instant at, Choices choices) {
        ImageRef image = IMAGES.get(choices.seldom(350, IMAGES.size()));
        Optional<RuntimeSpec> spec = choices.chance(100) ? Optional.empty() : Optional.of(spec(choices));
        return new StartJob(game, request(id, at, "start" + game + image + spec, choices), image, spec, List.of(MAP));
    }

    private static Job stop(GameId game, JobId id, Instant at, Choices choices) {
        Optional<Duration> grace = grace(choices);
        return new StopJob(game, request(id, at, "stop" + game + grace, choices), StopReason.ADMIN_REQUEST, grace);
    }

    static RestartJob restart(GameId game, String id, Instant at) {
        return (RestartJob) restart(game, new JobId(id), at, Choices.calm());
    }

    private static Job restart(GameId game, JobId id, Instant at, Choices choices) {
        Optional<Duration> grace = grace(choices);
        return new RestartJob(game, request(id, at, "restart" + game + grace, choices), grace);
    }

    static PatchJob patch(GameId game, String id, Instant at, ImageRef image) {
        PatchJob any = (PatchJob) patch(game, new JobId(id), at, Choices.calm());
        return new PatchJob(any.game(), any.request(), image, any.grace());
    }

    private static Job patch(GameId game, JobId id, Instant at, Choices choices) {
        ImageRef image = IMAGES.get(choices.pick(IMAGES.size()));
        Optional<Duration> grace = grace(choices);
        return new PatchJob(game, request(id, at, "patch" + game + image + grace, choices), image, grace);
    }

    static CleanupJob cleanup(GameId game, String id, Instant at) {
        return (CleanupJob) cleanup(game, new JobId(id), at, Choices.calm());
    }

    /** With the volumes, as only an operator may ask for. */
    static CleanupJob purge(GameId game, String id, Instant at) {
        return cleanup(game, new JobId(id), at, true, Choices.calm());
    }

    private static Job cleanup(GameId game, JobId id, Instant at, Choices choices) {
        return cleanup(game, id, at, choices.chance(300), choices);
    }

    private static CleanupJob cleanup(GameId game, JobId id, Instant at, boolean purge, Choices choices) {
        Request any = request(id, at, "cleanup" + game + purge, choices);
        OpSource source = purge ? OpSource.ADMIN_REST : any.source();
        Request request =
                new Request(any.job(), source, any.sourceRef(), any.requestedAt(), any.deadline(), any.contentHash());
        return new CleanupJob(game, request, purge);
    }

    private static Optional<Duration> grace(Choices choices) {
        return choices.chance(300) ? Optional.of(GRACES.get(choices.pick(GRACES.size()))) : Optional.empty();
    }

    private static Request request(JobId id, Instant at, String content, Choices choices) {
        return new Request(
                id,
                OpSource.LOBBY_STREAM,
                Optional.empty(),
                at.plusMillis(choices.seldom(100, 3) * -20_000L),
                choices.chance(50) ? Optional.of(at.plusSeconds(90)) : Optional.empty(),
                Sha256.hex(content));
    }

    static RuntimeSpec spec(Choices choices) {
        return spec(choices, choices.chance(300), choices.chance(300));
    }

    /** With a published port. */
    static RuntimeSpec served(boolean checked) {
        return spec(Choices.calm(), checked, true);
    }

    /** With files and a volume. */
    static RuntimeSpec filled() {
        return spec(Choices.calm(), false, true, List.of(WORLD), List.of(FILE));
    }

    private static RuntimeSpec spec(Choices choices, boolean checked, boolean published) {
        return spec(choices, checked, published, List.of(), List.of());
    }

    private static RuntimeSpec spec(
            Choices choices, boolean checked, boolean published, List<VolumeSpec> volumes, List<FileSpec> files) {
        return new RuntimeSpec(
                new Resources(choices.chance(150) ? 2000 : 1000, new Size(512L << 20)),
                Optional.empty(),
                List.of(),
                Map.of(),
                published ? List.of(new PortSpec(80, Protocol.TCP, Optional.empty())) : List.of(),
                choices.chance(150) ? List.of(WORLD) : volumes,
                choices.chance(150) ? List.of(FILE) : files,
                checked
                        ? Optional.of(new HealthCheck(
                                List.of("check"), Duration.ofSeconds(1), Duration.ofSeconds(1), 3, Duration.ZERO))
                        : Optional.empty(),
                choices.chance(200) ? Optional.of(Duration.ofSeconds(2)) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RestartPolicy.NEVER,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                false,
                Map.of());
    }
}
