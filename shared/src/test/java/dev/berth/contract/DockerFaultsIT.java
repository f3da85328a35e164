package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.berth.contract.FaultProxy.Direction;
import dev.berth.contract.FaultProxy.Fault;
import dev.berth.contract.FaultProxy.Kind;
import dev.berth.docker.DockerHosts;
import dev.berth.model.ErrorCode;
import dev.berth.model.Host;
import dev.berth.model.ImageRef;
import dev.berth.model.OperationFailed;
import dev.berth.model.Sha256;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad line to an engine: every call ends in time and with a code that says so, and a good line is good again. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(LocalEngine.Provided.class)
final class DockerFaultsIT {
    private static final Duration LIMIT = Duration.ofMillis(250);
    private static final Duration PLENTY = Duration.ofSeconds(10);
    private static final int TRIES = 3;
    private static final Set<ErrorCode> CODES = EnumSet.of(
            ErrorCode.HOST_UNREACHABLE, ErrorCode.TLS_FAILED, ErrorCode.DOCKER_ERROR, ErrorCode.IMAGE_PULL_FAILED);
    private static final String GONE = Sha256.hex("gone");

    private final FaultProxy proxy;
    private final DockerHosts hosts = new DockerHosts();
    private final Host host;

    DockerFaultsIT(LocalEngine local) {
        proxy = new FaultProxy(local.engine.endpoint().getPort());
        host = LocalEngine.hostAt(proxy.port(), local.engine.tls());
    }

    @AfterEach
    void close() {
        hosts.close();
        proxy.close();
    }

    /** A call that changes nothing: what it asks for is not there. */
    interface Call {
        void make(ContainerHost host);
    }

    static Map<String, Call> calls() {
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("findImage", engine -> engine.findImage(new ImageRef("nobody/has-this:1.0.0")));
        calls.put("create", engine -> engine.create(withoutImage()));
        calls.put("inspect", engine -> engine.inspect(GONE));
        calls.put("start", engine -> engine.start(GONE));
        calls.put("stop", engine -> engine.stop(GONE, Duration.ofSeconds(10)));
        calls.put("kill", engine -> engine.kill(GONE));
        calls.put("remove", engine -> engine.remove(GONE));
        calls.put("rename", engine -> engine.rename(GONE, "never"));
        calls.put("copyFiles", engine -> engine.copyFiles(GONE, List.of()));
        calls.put("list", engine -> engine.list(Map.of("berth.game", "never")));
        calls.put("images", ContainerHost::images);
        calls.put("removeImage", engine -> engine.removeImage("sha256:" + GONE));
        calls.put("removeVolumes", engine -> engine.removeVolumes("never_"));
        calls.put("usage", engine -> engine.usage(GONE));
        calls.put("about", ContainerHost::about);
        calls.put("logs", engine -> engine.logs(GONE, 10));
        calls.put("pull", engine -> engine.pull(new ImageRef("127.0.0.1:1/nobody/has-this:1.0.0"), _ -> {}));
        return calls;
    }

    private static ContainerPlan withoutImage() {
        return ContainerPlan.of("never", "sha256:" + "0".repeat(64), Map.of(), Samples.spec(Map.of()), "never");
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault(Kind.CUT, Direction.TO_SERVER, 0),
                new Fault(Kind.CUT, Direction.TO_SERVER, 40),
                new Fault(Kind.CUT, Direction.TO_CLIENT, 0),
                new Fault(Kind.CUT, Direction.TO_CLIENT, 3),
                new Fault(Kind.CUT, Direction.TO_CLIENT, 150),
                new Fault(Kind.RESET, Direction.TO_SERVER, 0),
                new Fault(Kind.RESET, Direction.TO_CLIENT, 0),
                new Fault(Kind.RESET, Direction.TO_CLIENT, 150),
                new Fault(Kind.SWALLOW, Direction.TO_SERVER, 0),
                new Fault(Kind.SWALLOW, Direction.TO_CLIENT, 0),
                new Fault(Kind.SWALLOW, Direction.TO_CLIENT, 150),
                new Fault(Kind.TRICKLE, Direction.TO_CLIENT, 0),
                new Fault(Kind.DELAY, Direction.TO_SERVER, 0));
    }

    static Stream<Arguments> namedCalls() {
        return calls().entrySet().stream().map(call -> arguments(call.getKey(), call.getValue()));
    }

    private static Supplier<Duration> countingDown(Duration duration) {
        Instant end = Instant.now().plus(duration);
        return () -> Duration.between(Instant.now(), end);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("namedCalls")
    void onALineThatGoesBadACallEndsInTimeAndTheNextOneWorks(String name, Call call) {
        faults().forEach(fault -> {
            assertWorks();
            proxy.set(fault);

            assertEndsInTime(fault, call);
            proxy.set(Fault.NONE);
        });
        assertWorks();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void onALineThatIsBadFromTheBeginningACallEndsInTimeAndTheNextOneWorks(Fault fault) {
        proxy.set(fault);

        assertEndsInTime(fault, engine -> engine.inspect(GONE));
        proxy.set(Fault.NONE);

        assertWorks();
    }

    /** More often than there are connections in the pool; the kinds of calls are made in different ways. */
    @ParameterizedTest
    @ValueSource(strings = {"inspect", "logs", "usage", "pull"})
    void callsWithoutAnAnswerUseUpNoConnections(String name) {
        Call call = calls().get(name);
        Fault silence = new Fault(Kind.SWALLOW, Direction.TO_CLIENT, 0);
        for (int i = 0; i < 18; i++) {
            assertWorks();
            proxy.set(silence);
            assertEndsInTime(silence, call);
            proxy.set(Fault.NONE);
        }
        assertWorks();
    }

    private void assertWorks() {
        for (int i = 1; ; i++) {
            try {
                assertThat(hosts.connect(host, countingDown(PLENTY)).inspect(GONE))
                        .isEmpty();
                return;
            } catch (OperationFailed failure) {
                // What a bad line leaves behind is an old connection; that a new one takes long is this busy machine.
                if (!(failure.getCause() instanceof ConnectTimeoutException) || i == TRIES) {
                    throw failure;
                }
            }
        }
    }

    private void assertEndsInTime(Fault fault, Call call) {
        Instant begin = Instant.now();

        Throwable failure = catchThrowable(() -> call.make(hosts.connect(host, countingDown(LIMIT))));

        assertThat(Duration.between(begin, Instant.now())).as(fault.toString()).isLessThan(LIMIT.plusMillis(900));
        if (failure != null) {
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            OperationFailed.class,
                            failed -> assertThat(failed.code())
                                    .as("%s: %s", fault, failed.getMessage())
                                    .isIn(CODES));
        }
    }
}
