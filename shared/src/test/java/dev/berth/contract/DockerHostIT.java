package dev.berth.contract;

import static dev.berth.contract.StoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.docker.DockerHosts;
import dev.berth.model.Endpoint;
import dev.berth.model.ErrorCode;
import dev.berth.model.ImageRef;
import dev.berth.model.PortSpec;
import dev.berth.model.Protocol;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHost.Creation;
import dev.berth.port.ContainerPlan;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on a Docker engine over mutual TLS, and what only a real container shows. */
@ExtendWith(LocalEngine.Provided.class)
final class DockerHostIT {
    private static final Duration PLENTY = Duration.ofMinutes(2);

    private final LocalEngine local;
    private final DockerHosts hosts = new DockerHosts();
    private final ContainerHost host;
    private final Plans plans;
    private final String name = Samples.unique("docker");

    DockerHostIT(LocalEngine local) {
        this.local = local;
        this.host = hosts.connect(local.host(), () -> PLENTY);
        this.plans = new Plans(local);
    }

    @AfterEach
    void close() {
        host.inspect(name).map(Container::id).ifPresent(host::remove);
        hosts.close();
    }

    @Nested
    final class Contract extends ContainerHostContract {
        Contract() {
            super(new RealEngine());
        }
    }

    @Nested
    final class Telling extends EngineTellingContract {
        Telling() {
            super(new RealEngine());
        }
    }

    @Nested
    final class Ends extends ContainerEndContract {
        Ends() {
            super(new RealEngine());
        }
    }

    @Nested
    final class Care extends ContainerCareContract {
        Care() {
            super(new RealEngine());
        }
    }

    private final class RealEngine implements EngineFixture {
        @Override
        public ContainerHost host() {
            return host;
        }

        @Override
        public ImageRef image() {
            return new ImageRef(local.images.get("1.0.0"));
        }

        @Override
        public ContainerPlan plan(String called, Behaviour behaviour) {
            return plans.plan(called, behaviour);
        }

        @Override
        public void intrude(String called) {
            try (var api = local.engine.api()) {
                api.send("POST", "/containers/create?name=" + called, "{\"Image\":\"" + image() + "\"}");
                api.send("POST", "/containers/" + called + "/start", "");
            }
        }

        @Override
        public void awaitServing(String id) {
            await(() -> host.logs(id, 10).contains("listens on 8080"));
        }

        @Override
        public void await(BooleanSupplier so) {
            org.awaitility.Awaitility.await().until(so::getAsBoolean);
        }
    }

    private String started(ContainerPlan plan) {
        String id = ((Creation.Created) host.create(plan)).id();
        host.start(id);
        return id;
    }

    @Test
    void theEndOfWhatAContainerPrintedCanBeRead() {
        String id = started(
                plans.running(name, List.of("sh", "-c", "echo one; echo two; echo Zo\u00eb; echo oops >&2; exit 3")));
        await().until(() -> !host.inspect(id).orElseThrow().state().live());

        assertThat(host.logs(id, 50).lines()).containsExactlyInAnyOrder("one", "two", "Zo\u00eb", "oops");
        assertThat(host.logs(id, 2).lines()).hasSize(2);
        assertThat(host.inspect(id).orElseThrow().exitCode()).contains(3);
    }

    @Test
    void whatARunningContainerPrintedIsReadWithoutWaitingForMore() {
        String id = started(plans.plan(name, EngineFixture.Behaviour.SERVES));

        await().untilAsserted(() -> assertThat(host.logs(id, 10)).contains("listens on 8080"));
    }

    @Test
    void aWantedPortIsPublishedThereOnce() {
        int port = freePort();
        String id = started(plans.publishing(
                name,
                List.of(
                        new PortSpec(8080, Protocol.TCP, Optional.of(port)),
                        new PortSpec(9090, Protocol.UDP, Optional.of(port)))));

        assertThat(host.inspect(id).orElseThrow().endpoints())
                .containsExactlyInAnyOrder(
                        new Endpoint(8080, Protocol.TCP, "127.0.0.1", port),
                        new Endpoint(9090, Protocol.UDP, "127.0.0.1", port));
    }

    @Test
    void aPortThatAnotherContainerHasIsInUse() {
        int port = freePort();
        List<PortSpec> ports = List.of(new PortSpec(8080, Protocol.TCP, Optional.of(port)));
        String first = started(plans.publishing(name + "-first", ports));
        try {
            String second = ((Creation.Created) host.create(plans.publishing(name, ports))).id();

            assertFails(ErrorCode.PORT_IN_USE, () -> host.start(second));
            assertThat(host.inspect(second).orElseThrow().state().live()).isFalse();
        } finally {
            host.remove(first);
        }
    }

    @Test
    void aPortThatAProgramOnTheHostHasIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            String id = ((Creation.Created) host.create(plans.publishing(
                            name, List.of(new PortSpec(8080, Protocol.TCP, Optional.of(taken.getLocalPort()))))))
                    .id();

            assertFails(ErrorCode.PORT_IN_USE, () -> host.start(id));
        }
    }

    private static int freePort() {
        return dev.berth.local.process.Ports.reserve(0, "a test");
    }

    @Test
    void ofAnImageThatIsNotThereNoContainerCanBeCreated() {
        ContainerPlan plan = plans.plan(name, EngineFixture.Behaviour.SERVES);
        ContainerPlan without =
                ContainerPlan.of(name, "sha256:" + "0".repeat(64), plan.labels(), plan.spec(), plan.volumePrefix());

        assertFails(ErrorCode.DOCKER_ERROR, () -> host.create(without));
        assertThat(host.inspect(name)).isEmpty();
    }

    @Test
    void aContainerThatTakesTooMuchMemorySaysSo() {
        String id =
                started(plans.running(name, List.of("sh", "-c", "a=xxxxxxxxxxxxxxxx; while true; do a=$a$a; done")));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !host.inspect(id).orElseThrow().state().live());

        Container container = host.inspect(id).orElseThrow();
        assertThat(container.oomKilled()).isTrue();
        assertThat(container.exitCode())
                .hasValueSatisfying(code -> assertThat(code).isNotZero());
    }

    /** The engine starts its own init, and only that one finds out. */
    @Test
    void aCommandThatDoesNotExistEndsAtOnce() {
        assertThat(exitCodeOf(List.of("/there/is/no/such/command"))).isEqualTo(127);
    }

    @Test
    void aCommandThatMayNotBeRunEndsAtOnce() {
        assertThat(exitCodeOf(List.of("/etc/passwd"))).isEqualTo(126);
    }

    private int exitCodeOf(List<String> command) {
        String id = started(plans.running(name, command));
        await().until(() -> !host.inspect(id).orElseThrow().state().live());
        return host.inspect(id).orElseThrow().exitCode().orElseThrow();
    }
}
