package dev.berth.wire;

import dev.berth.model.CleanupJob;
import dev.berth.model.Desired;
import dev.berth.model.Effect;
import dev.berth.model.Endpoint;
import dev.berth.model.ErrorCode;
import dev.berth.model.Exit;
import dev.berth.model.Failure;
import dev.berth.model.Fence;
import dev.berth.model.FileSpec;
import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.HealthCheck;
import dev.berth.model.HostId;
import dev.berth.model.HostResult;
import dev.berth.model.ImageRef;
import dev.berth.model.Job;
import dev.berth.model.JobId;
import dev.berth.model.JobResult;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.OperationEntry;
import dev.berth.model.Outcome;
import dev.berth.model.PinnedImage;
import dev.berth.model.Placement;
import dev.berth.model.PortSpec;
import dev.berth.model.Protocol;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.Resources;
import dev.berth.model.RestartJob;
import dev.berth.model.RestartPolicy;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.RuntimeStatus;
import dev.berth.model.Sha256;
import dev.berth.model.Size;
import dev.berth.model.StopJob;
import dev.berth.model.StopReason;
import dev.berth.model.VolumeSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Random valid values; the same ones for the same seed. */
final class Samples {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final List<String> PIECES = List.of(
            "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\t", "\u001f", "\u007f", "ä", "€", "😀", "\u2028", "{", "}",
            "null");

    private final Random random;

    Samples(long seed) {
        random = new Random(seed);
    }

    OperationEntry entry() {
        JobId job = jobId();
        Optional<Failure> failure = maybe(this::failure);
        Instant start = instant();
        return new OperationEntry(
                gameId(),
                1 + random.nextLong(Long.MAX_VALUE),
                OpId.of(job),
                job,
                word(OpKind.values()),
                word(OpSource.values()),
                maybe(this::text),
                maybe(this::hostId),
                maybe(this::image),
                maybe(this::digest),
                maybe(this::hash),
                fence(),
                failure.isPresent() ? Outcome.FAILURE : Outcome.SUCCESS,
                word(Effect.values()),
                failure,
                start,
                start.plusMillis(random.nextInt(1_000_000)),
                maybe(this::record),
                hash());
    }

    JobResult result() {
        Optional<Failure> failure = maybe(this::failure);
        return new JobResult(
                jobId(),
                gameId(),
                word(OpKind.values()),
                word(OpSource.values()),
                maybe(this::text),
                failure.isPresent() ? Outcome.FAILURE : Outcome.SUCCESS,
                word(Effect.values()),
                failure,
                maybe(this::hostId),
                maybe(this::hash),
                maybe(this::image),
                maybe(this::digest),
                list(this::endpoint),
                maybe(() -> 1 + random.nextLong(Long.MAX_VALUE)),
                instant(),
                instant());
    }

    HostResult hostResult() {
        Optional<Failure> failure = maybe(this::failure);
        return new HostResult(
                jobId(),
                hostId(),
                word(OpSource.values()),
                maybe(this::text),
                failure.isPresent() ? Outcome.FAILURE : Outcome.SUCCESS,
                word(Effect.values()),
                failure,
                instant(),
                instant());
    }

    /** A job of a kind that we send ourselves. */
    Job sentJob() {
        Request request = request();
        boolean purge = request.source() == OpSource.ADMIN_REST && random.nextBoolean();
        return word(
                new StopJob(gameId(), request, word(StopReason.values()), maybe(() -> seconds(0, 300))),
                new RestartJob(gameId(), request, maybe(() -> seconds(0, 300))),
                new CleanupJob(gameId(), request, purge));
    }

    ReconcileJob reconcileJob() {
        return new ReconcileJob(hostId(), request());
    }

    RuntimeRecord record() {
        return new RuntimeRecord(
                word(RuntimeStatus.values()),
                word(Desired.values()),
                maybe(() -> new Placement(hostId(), resources())),
                maybe(() -> new GameContainer(hash(), fence(), list(this::endpoint), instant())),
                maybe(() -> new PinnedImage(image(), digest())),
                maybe(this::hash),
                maybe(() -> new Exit(maybe(() -> random.nextInt()), random.nextBoolean(), instant())),
                maybe(() -> word(StopReason.values())),
                maybe(() -> word(ErrorCode.values())),
                maybe(this::hostId),
                list(this::instant));
    }

    RuntimeSpec spec() {
        List<FileSpec> files = files();
        return new RuntimeSpec(
                resources(),
                maybe(this::size),
                list(this::text),
                map(() -> word("A_", "b.", "_c-") + letters(8), () -> word(text(), "{{secret:games/a#b}}")),
                ports(),
                volumes(),
                files,
                maybe(this::health),
                maybe(() -> seconds(0, 300)),
                maybe(() -> word("SIGTERM", "SIGRTMIN+3", "15")),
                maybe(() -> seconds(0, 300)),
                word(RestartPolicy.values()),
                maybe(() -> Duration.ofMillis(
                        1 + random.nextLong(Duration.ofDays(366).toMillis()))),
                maybe(() -> seconds(1, 31_000_000)),
                map(() -> "team." + letters(5), this::text),
                maybe(() -> word("root", "1000:1000", "app:games")),
                files.isEmpty() && random.nextBoolean(),
                map(() -> letters(5) + "/zone", this::text));
    }

    Request request() {
        return new Request(
                jobId(), word(OpSource.values()), maybe(this::text), instant(), maybe(this::instant), hash());
    }

    private List<PortSpec> ports() {
        List<PortSpec> ports = new ArrayList<>();
        int first = 1 + random.nextInt(60_000);
        for (int i = 0; i < random.nextInt(4); i++) {
            int each = first + i;
            ports.add(new PortSpec(each, word(Protocol.values()), maybe(() -> 65_535 - each)));
        }
        return ports;
    }

    private List<VolumeSpec> volumes() {
        List<VolumeSpec> volumes = new ArrayList<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            volumes.add(new VolumeSpec(letters(8), "/data/" + i + "/" + letters(4)));
        }
        return volumes;
    }

    private List<FileSpec> files() {
        List<FileSpec> files = new ArrayList<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            files.add(new FileSpec(
                    "/etc/" + i + "/" + letters(4),
                    hash(),
                    random.nextInt(FileSpec.MAX_SIZE / 4),
                    random.nextInt(01000)));
        }
        return files;
    }

    private HealthCheck health() {
        List<String> command = new ArrayList<>(list(this::text));
        command.add("ask");
        // Within eight minutes as a whole.
        return new HealthCheck(command, seconds(1, 20), seconds(1, 20), 1 + random.nextInt(10), seconds(0, 60));
    }

    private Failure failure() {
        // Printable text stays as it is; what is not is FailureTest's matter.
        return new Failure(word(ErrorCode.values()), text().replaceAll("[\u0000-\u0008\u000b-\u001f\u007f]", "?"));
    }

    private Endpoint endpoint() {
        return new Endpoint(port(), word(Protocol.values()), word("10.0.0.1", "::1", "game.example"), port());
    }

    private Resources resources() {
        return new Resources(50 + random.nextInt(63_951), size());
    }

    private Size size() {
        long max = word(4096L, 1L << 20, 1L << 30, Size.MAX.bytes());
        return new Size(1 + random.nextLong(max));
    }

    private ImageRef image() {
        return new ImageRef(word("redis", "ghcr.io/owner/game:1.0.0", "localhost:5000/game@" + digest()));
    }

    private String digest() {
        return "sha256:" + hash();
    }

    private GameId gameId() {
        return new GameId(letters(1 + random.nextInt(63)));
    }

    private HostId hostId() {
        return new HostId(letters(1 + random.nextInt(63)));
    }

    private JobId jobId() {
        return new JobId(word("A.", "b:", "_-") + letters(1 + random.nextInt(100)));
    }

    private Fence fence() {
        return new Fence(random.nextLong(Long.MAX_VALUE));
    }

    private int port() {
        return 1 + random.nextInt(65_535);
    }

    private Instant instant() {
        return EARLIEST.plusMillis(random.nextLong(Duration.ofDays(36_500).toMillis()));
    }

    private Duration seconds(int min, int max) {
        return Duration.ofSeconds(random.nextInt(min, max + 1));
    }

    private String hash() {
        return Sha256.hex(Long.toString(random.nextLong()));
    }

    private String letters(int length) {
        StringBuilder text = new StringBuilder();
        random.ints(length, 0, LETTERS.length()).forEach(each -> text.append(LETTERS.charAt(each)));
        return text.toString();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(12), 0, PIECES.size()).forEach(each -> text.append(PIECES.get(each)));
        return text.toString();
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(value.get());
    }

    private <T> List<T> list(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    private Map<String, String> map(Supplier<String> key, Supplier<String> value) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(key.get(), value.get());
        }
        return map;
    }

    @SafeVarargs
    private <T> T word(T... words) {
        return words[random.nextInt(words.length)];
    }
}
