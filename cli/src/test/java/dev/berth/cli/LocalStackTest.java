package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.process.Ports;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.ImagePolicy;
import dev.berth.model.PullPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LocalStackTest {
    private static final Path FOLDER = Path.of("/folder");
    private final LocalStack.Plan plan = plan(Ports.loopback(Ports.ANY));
    private final LocalStack.Plan forContainers = plan(bridge(14000));

    private static InetSocketAddress bridge(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("172.17.0.1"), port);
    }

    private static LocalStack.Plan plan(InetSocketAddress at) {
        return new LocalStack.Plan(
                "berth",
                Path.of("/home"),
                FOLDER,
                at,
                1,
                List.of(),
                new ImagePolicy(List.of("registry.example/games/*", "registry.example/lobby"), PullPolicy.ALWAYS));
    }

    @Test
    void tellsTheFunctionsWhichImagesMayBeRunAndWhereItsSecretsAre() {
        assertThat(plan.environment())
                .containsEntry("BERTH_ALLOWED_IMAGES", "registry.example/games/*,registry.example/lobby")
                .containsEntry("BERTH_PULL_POLICY", "always")
                .containsEntry("BERTH_SECRETS_FILE", "/folder/secrets.json")
                .containsEntry("BERTH_REGISTRIES_SECRET", "registries");
    }

    @Test
    void hasFunctionsAskForSecretsWhereTheyAreToRunInContainers() {
        Host own = host(LocalSecrets.hostFolder(FOLDER, "host-1").resolve("tls"));
        Host given = host(Path.of("/elsewhere/tls"));

        assertThat(forContainers.environment()).doesNotContainKey("BERTH_SECRETS_FILE");
        assertThat(forContainers.forFunctions(own).tls()).isEqualTo("secret:hosts/host-1");
        assertThat(forContainers.forFunctions(given)).isEqualTo(given);
        assertThat(plan.forFunctions(own)).isEqualTo(own);
    }

    private static Host host(Path tls) {
        return new Host(
                new HostId("host-1"),
                URI.create("tcp://172.17.0.1:14004"),
                tls.toString(),
                Host.Capacity.NONE,
                Host.Capacity.NONE,
                HostState.ACTIVE,
                Map.of());
    }

    @Test
    void keepsToTheAddressAndToPortsOneAfterTheOther() {
        assertThat(forContainers.hostPlace(1)).isEqualTo(bridge(14004));
        assertThat(plan.hostPlace(2)).isEqualTo(Ports.loopback(Ports.ANY));
    }

    @Test
    void tellsTheFunctionsOnlyWhatTheyRead() throws IOException {
        String wiring = Files.readString(Path.of("..", "functions/src/main/java/dev/berth/functions/Wiring.java"));

        assertThat(plan.environment().keySet())
                .allSatisfy(name -> assertThat(wiring).contains('"' + name + '"'));
    }
}
