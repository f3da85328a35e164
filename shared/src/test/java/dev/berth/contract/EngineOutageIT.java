package dev.berth.contract;

import static dev.berth.contract.StoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.berth.contract.EngineFixture.Behaviour;
import dev.berth.contract.FaultProxy.Direction;
import dev.berth.contract.FaultProxy.Fault;
import dev.berth.contract.FaultProxy.Kind;
import dev.berth.docker.DockerHosts;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.model.Sha256;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHost.Creation;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** An engine that stands still, dies and comes back, seen over connections that were open before. */
@Isolated("stops the engine that others use")
@ExtendWith(LocalEngine.Provided.class)
final class EngineOutageIT {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration PLENTY = Duration.ofSeconds(20);
    private static final String GONE = Sha256.hex("gone");

    private final LocalEngine local;
    private final DockerHosts hosts = new DockerHosts();
    private final ContainerHost host;
    private final ContainerHost hurried;
    private final String name = Samples.unique("outage");

    EngineOutageIT(LocalEngine local) {
        this.local = local;
        host = hosts.connect(local.host(), () -> PLENTY);
        hurried = hosts.connect(local.host(), () -> SHORT);
    }

    @AfterEach
    void close() {
        host.inspect(name).map(Container::id).ifPresent(host::remove);
        hosts.close();
    }

    /** Leaves several open connections behind. */
    private void warmUp() {
        IntStream.range(0, 8)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> host.inspect(GONE)))
                .toList()
                .forEach(EngineOutageIT::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anEngineThatStandsStillIsUnreachableAndAnswersWhenItGoesOn() {
        warmUp();
        local.engine.freeze();
        try {
            assertFails(ErrorCode.HOST_UNREACHABLE, () -> hurried.inspect(GONE));
            assertFails(ErrorCode.HOST_UNREACHABLE, () -> hurried.kill(GONE));
        } finally {
            local.engine.thaw();
        }

        assertThat(host.inspect(GONE)).isEmpty();
    }

    @Test
    void anEngineThatWasStartedAgainIsReachedThoughItsOldConnectionsAreDead() {
        warmUp();
        local.engine.kill();
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> host.inspect(GONE))
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.HOST_UNREACHABLE));
        local.engine.restart();

        await().atMost(PLENTY).untilAsserted(() -> assertThat(answers()).isTrue());
        assertThat(host.inspect(GONE)).isEmpty();
    }

    private boolean answers() {
        try {
            host.remove(GONE);
            return true;
        } catch (OperationFailed failed) {
            assertThat(failed.code()).isEqualTo(ErrorCode.HOST_UNREACHABLE);
            return false;
        }
    }

    @Test
    void aCreateWhoseAnswerNeverCameTookEffect() {
        try (FaultProxy proxy = new FaultProxy(local.engine.endpoint().getPort())) {
            var there = LocalEngine.hostAt(proxy.port(), local.engine.tls());
            var plan = new Plans(local).plan(name, Behaviour.SERVES);
            assertThat(hosts.connect(there, () -> PLENTY).inspect(name)).isEmpty();
            proxy.set(new Fault(Kind.SWALLOW, Direction.TO_CLIENT, 0));

            assertFails(
                    ErrorCode.HOST_UNREACHABLE,
                    () -> hosts.connect(there, () -> SHORT).create(plan));

            await().until(() -> host.inspect(name).isPresent());
            assertThat(host.create(plan)).isEqualTo(new Creation.NameTaken());
        }
    }
}
