package dev.berth.local.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.local.docker.Certificates.Request;
import dev.berth.local.process.Commands;
import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real engine over mutual TLS; needs root, and installs Docker where it is missing. */
final class DockerEngineIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static DockerEngine engine;
    private static EngineApi api;
    private static Map<String, String> images;

    @BeforeAll
    static void start() {
        assumeTrue(Commands.asRoot(), "needs root to start a Docker engine of its own");
        engine = DockerEngine.start(folder.resolve("engine"), "host-1", Ports.ANY, System.err::println);
        api = engine.api();
        images = DemoImages.importInto(engine, System.err::println);
    }

    @AfterAll
    static void leavesNothingBehind() throws Exception {
        if (engine == null) {
            return;
        }
        api.close();
        engine.close();
        var place = EnginePlace.of(folder.resolve("engine"));
        assertThat(ProcessHandle.allProcesses()
                        .filter(p -> p.info().commandLine().orElse("").contains(place.id())))
                .isEmpty();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(place.id(), folder.toString());
        assertThat(Path.of("/sys/class/net/bth" + place.id())).doesNotExist();
        assertThat(place.runtime()).doesNotExist();
    }

    @Test
    void answersOverMutualTls() {
        assertThat(api.answers()).isTrue();
        assertThat(engine.endpoint().toString()).startsWith("tcp://127.0.0.1:");
        assertThat(engine.hostId()).isEqualTo("host-1");
    }

    @Test
    void refusesPlainHttp() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://" + engine.endpoint().getAuthority() + "/_ping"))
                    .build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("HTTPS");
        }
    }

    @Test
    void refusesAClientOfAnotherAuthority() throws Exception {
        var strange = Certificates.newAuthority("strange")
                .issue(Request.client("berth"))
                .writeTo(folder.resolve("strange"));
        Files.copy(
                engine.tls().resolve("ca.pem"),
                strange.resolve("ca.pem"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (var stranger = new EngineApi(engine.endpoint(), strange)) {
            assertThatThrownBy(() -> stranger.send("GET", "/_ping", "")).isInstanceOf(LocalFailure.class);
        }
    }

    @Test
    void isNotTrustedByAClientOfAnotherAuthority() {
        var strange = Certificates.newAuthority("strange")
                .issue(Request.client("berth"))
                .writeTo(folder.resolve("stranger"));
        try (var stranger = new EngineApi(engine.endpoint(), strange)) {
            assertThatThrownBy(() -> stranger.send("GET", "/_ping", "")).hasMessageContaining("PKIX");
        }
    }

    @Test
    void runsADemoGameThatAnswersOnItsPortAndEndsAtOnce() {
        var port = Ports.reserve(Ports.ANY, "a game");
        run("game", image("1.0.1"), port);
        await().atMost(LONG).until(() -> page(port).equals("demo game 1.0.1\n"));

        var began = System.nanoTime();
        assertThat(api.send("POST", "/containers/game/stop?t=20", "").statusCode())
                .isEqualTo(204);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(api.send("GET", "/containers/game/json", "").body()).contains("\"ExitCode\":0");
        remove("game");
    }

    @Test
    void hasABrokenDemoGame() {
        run("broken", image("broken"), Ports.reserve(Ports.ANY, "a game"));

        assertThat(api.send("POST", "/containers/broken/wait", "").body()).contains("\"StatusCode\":1");
        assertThat(api.send("GET", "/containers/broken/logs?stderr=1", "").body())
                .contains("the world file is missing");
        remove("broken");
    }

    @Test
    void itsContainersShareHalfOfItsAddressesAndItsUsersNetworksTheOther() {
        var block = engine.address().substring(0, engine.address().lastIndexOf('.'));
        assertThat(api.send("GET", "/networks/bridge", "").body())
                .contains("\"Subnet\":\"" + block + ".0/21\"", "\"Gateway\":\"" + engine.address() + "\"");

        assertThat(api.send("POST", "/networks/create", "{\"Name\": \"lobby\"}").statusCode())
                .isEqualTo(201);
        var third = block.lastIndexOf('.') + 1;
        var upper = block.substring(0, third) + (Integer.parseInt(block.substring(third)) + 8);
        assertThat(api.send("GET", "/networks/lobby", "").body()).contains("\"Subnet\":\"" + upper + ".0/26\"");
        assertThat(api.send("DELETE", "/networks/lobby", "").statusCode()).isEqualTo(204);
    }

    @Test
    void hangsWhileItIsFrozen() {
        engine.freeze();
        try {
            assertThat(api.answers()).isFalse();
        } finally {
            engine.thaw();
        }
        await().atMost(LONG).until(api::answers);
    }

    @Test
    void comesBackWithItsDataAfterAKill() {
        var before = engine.pid();

        engine.kill();
        assertThat(ProcessHandle.of(before)).isEmpty();
        assertThat(api.answers()).isFalse();

        engine.restart();
        assertThat(engine.pid()).isNotEqualTo(before);
        assertThat(api.send("GET", "/images/" + image("1.0.0") + "/json", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void standsBesideAnotherOne() {
        try (var second = DockerEngine.start(folder.resolve("second"), "host-2", Ports.ANY)) {
            assertThatThrownBy(() -> DockerEngine.start(folder.resolve("second"), "host-2", Ports.ANY))
                    .hasMessageContaining("Another engine runs in");
            try (var other = second.api()) {
                assertThat(other.send("GET", "/images/json", "").body().strip()).isEqualTo("[]");
            }
            assertThat(api.answers()).isTrue();
        }
        assertThat(api.answers()).isTrue();
    }

    private static String image(String version) {
        return Objects.requireNonNull(images.get(version));
    }

    private static void run(String name, String image, int port) {
        var created = api.send("POST", "/containers/create?name=" + name, """
                {"Image": "%s", "ExposedPorts": {"8080/tcp": {}}, "HostConfig": {
                  "CapDrop": ["ALL"], "SecurityOpt": ["no-new-privileges"],
                  "PortBindings": {"8080/tcp": [{"HostIp": "127.0.0.1", "HostPort": "%d"}]}}}
                """.formatted(image, port));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(api.send("POST", "/containers/" + name + "/start", "").statusCode())
                .isEqualTo(204);
    }

    private static void remove(String name) {
        assertThat(api.send("DELETE", "/containers/" + name + "?force=1", "").statusCode())
                .isEqualTo(204);
    }

    private static String page(int port) throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (java.io.IOException e) {
            return "";
        }
    }
}
