package dev.berth.contract;

import static dev.berth.contract.StoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.dockerjava.transport.DockerHttpClient;
import dev.berth.contract.RegistryFront.Way;
import dev.berth.docker.DockerHosts;
import dev.berth.model.ErrorCode;
import dev.berth.model.ImageRef;
import dev.berth.model.OperationFailed;
import dev.berth.port.ContainerHost.Image;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pulls that take their time: what those who wait hear, when they end, and that there is one for all. */
@ExtendWith(LocalEngine.Provided.class)
final class SharedPullsIT {
    private static final Duration PLENTY = Duration.ofMinutes(2);

    /** Less than layers take that come at a crawl, and many of their pauses: a busy machine adds its own. */
    private static final Duration SILENCE = Duration.ofSeconds(9);

    private final LocalEngine local;
    private final SecuredRegistry registry;
    private final AtomicInteger pulls = new AtomicInteger();
    private DockerHosts hosts;
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final ImageRef image;

    SharedPullsIT(LocalEngine local) throws Exception {
        this.local = local;
        registry = new SecuredRegistry(local);
        hosts = hosts(PLENTY);
        image = registry.push("games/arena:1.0.0");
    }

    private DockerHosts hosts(Duration silence) {
        return new DockerHosts(registry.logins(), this::counting, silence);
    }

    private void pullsMayStandStillFor(Duration silence) {
        hosts.close();
        hosts = hosts(silence);
    }

    private DockerHttpClient counting(DockerHttpClient real) {
        return new DockerHttpClient() {
            @Override
            public Response execute(Request request) {
                if (request.path().startsWith("/images/create")) {
                    pulls.incrementAndGet();
                }
                return real.execute(request);
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
        hosts.close();
        registry.close();
    }

    private Image pull(Supplier<Duration> left, Queue<String> progress) {
        return hosts.connect(local.host(), left).pull(image, progress::add);
    }

    private Future<Image> pulling(Supplier<Duration> left, Queue<String> progress) {
        return callers.submit(() -> pull(left, progress));
    }

    private static Supplier<Duration> only(Duration duration) {
        Instant end = Instant.now().plus(duration);
        return () -> Duration.between(Instant.now(), end);
    }

    private static Image ended(Future<Image> pull) throws Exception {
        return pull.get(PLENTY.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void aSlowPullGoesOnAsLongAsItGetsFurtherAndTellsHowFarItIs() {
        pullsMayStandStillFor(SILENCE);
        registry.front.answer(Way.AT_A_CRAWL);
        Queue<String> progress = new ConcurrentLinkedQueue<>();

        pull(() -> PLENTY, progress);

        assertThat(progress).allMatch(text -> text.equals("waiting") || text.matches("\\d+\\.\\d of 2\\.1 MB"));
        assertThat(progress.stream().distinct()).hasSizeGreaterThan(3);
    }

    /** The engine takes up such a layer where it was cut, a few times; whoever gives up first, it is a failed pull. */
    @Test
    void aPullWhoseLayersAreCutEachTimeIsEnded() {
        registry.front.answer(Way.LAYERS_CUT);

        assertFails(ErrorCode.IMAGE_PULL_FAILED, () -> pull(() -> PLENTY, new ConcurrentLinkedQueue<>()));
    }

    @Test
    void aPullThatStandsStillIsEnded() {
        pullsMayStandStillFor(Duration.ofSeconds(3));
        registry.front.answer(Way.SILENTLY);

        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> pull(() -> PLENTY, new ConcurrentLinkedQueue<>()))
                .withMessageContaining("did not get further")
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.IMAGE_PULL_FAILED));
    }

    @Test
    void fourWhoWantAnImageAtOnceShareOnePull() throws Exception {
        registry.front.answer(Way.SLOWLY);
        List<Queue<String>> progress = IntStream.range(0, 4)
                .<Queue<String>>mapToObj(_ -> new ConcurrentLinkedQueue<>())
                .toList();

        List<Future<Image>> all =
                progress.stream().map(each -> pulling(() -> PLENTY, each)).toList();

        Image first = ended(all.getFirst());
        for (Future<Image> each : all) {
            assertThat(ended(each)).isEqualTo(first);
        }
        assertThat(pulls).hasValue(1);
        assertThat(registry.front.layersAsked())
                .isNotEmpty()
                .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
        assertThat(progress)
                .allSatisfy(each -> assertThat(each.stream().distinct()).hasSizeGreaterThan(1));
    }

    @Test
    void whoeverHasNoTimeLeftLeavesThePullToTheOthers() throws Exception {
        registry.front.answer(Way.SLOWLY);
        Future<Image> hurried = pulling(only(Duration.ofSeconds(2)), new ConcurrentLinkedQueue<>());
        Future<Image> patient = pulling(() -> PLENTY, new ConcurrentLinkedQueue<>());

        assertFails(ErrorCode.IMAGE_PULL_FAILED, () -> failure(hurried));
        assertThat(ended(patient).digest()).startsWith("sha256:");
        assertThat(pulls).hasValue(1);
    }

    @Test
    void whoeverIsToldToStopLeavesThePullToTheOthers() throws Exception {
        registry.front.answer(Way.SLOWLY);
        Future<Image> stopped =
                callers.submit(() -> hosts.connect(local.host(), () -> PLENTY).pull(image, _ -> {
                    throw new OperationFailed(ErrorCode.EXECUTION_STOPPED, "a stop");
                }));
        Future<Image> patient = pulling(() -> PLENTY, new ConcurrentLinkedQueue<>());

        assertFails(ErrorCode.EXECUTION_STOPPED, () -> failure(stopped));
        assertThat(ended(patient).digest()).startsWith("sha256:");
    }

    @Test
    void aFailureIsEverybodysAndTheNextPullIsANewOne() throws Exception {
        pullsMayStandStillFor(SILENCE);
        registry.front.answer(Way.SILENTLY);
        Future<Image> one = pulling(() -> PLENTY, new ConcurrentLinkedQueue<>());
        Future<Image> other = pulling(() -> PLENTY, new ConcurrentLinkedQueue<>());
        assertFails(ErrorCode.IMAGE_PULL_FAILED, () -> failure(one));
        assertFails(ErrorCode.IMAGE_PULL_FAILED, () -> failure(other));
        assertThat(pulls).hasValue(1);

        registry.front.answer(Way.WELL);
        assertThat(pull(() -> PLENTY, new ConcurrentLinkedQueue<>()).digest()).startsWith("sha256:");
        assertThat(pulls).hasValue(2);
    }

    private static void failure(Future<Image> pull) throws Exception {
        try {
            ended(pull);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof OperationFailed failed ? failed : e;
        }
    }
}
