package dev.berth.local.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.docker.Certificates.Request;
import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In front of a unix socket where something answers each request with its path. */
final class TlsFrontIT {

    @TempDir
    Path folder;

    private ServerSocketChannel server;
    private TlsFront front;

    @BeforeEach
    void start() throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
        Thread.ofVirtual().start(this::serve);
        front = TlsFront.start(folder, "host-1", Ports.ANY, folder.resolve("socket"));
    }

    @AfterEach
    void stop() throws IOException {
        front.close();
        server.close();
    }

    @Test
    void passesRequestsAndAnswersOn() {
        try (var api = front.api()) {
            assertThat(api.send("GET", "/some/path", "").body()).isEqualTo("GET /some/path");
            assertThat(api.send("GET", "/other", "").body()).isEqualTo("GET /other");
        }
    }

    @Test
    void refusesAClientOfAnotherAuthority() throws IOException {
        var strange = Certificates.newAuthority("strange")
                .issue(Request.client("berth"))
                .writeTo(folder.resolve("strange"));
        java.nio.file.Files.copy(
                front.tls().resolve("ca.pem"),
                strange.resolve("ca.pem"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (var stranger = new EngineApi(front.endpoint(), strange)) {
            assertThatThrownBy(() -> stranger.send("GET", "/_ping", "")).isInstanceOf(LocalFailure.class);
        }
    }

    @Test
    void saysWhenNothingIsBehindTheSocket() {
        assertThatThrownBy(() -> TlsFront.start(folder, "host-1", Ports.ANY, folder.resolve("none")))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContainingAll("No Docker engine answers", "none");
    }

    private void serve() {
        try {
            while (true) {
                var connection = server.accept();
                Thread.ofVirtual().start(() -> answer(connection));
            }
        } catch (IOException e) {
            // Closed by the test.
        }
    }

    private static void answer(SocketChannel connection) {
        try (connection) {
            var input = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.US_ASCII));
            for (var line = input.readLine(); line != null; line = input.readLine()) {
                if (line.endsWith(" HTTP/1.1")) {
                    var body = line.substring(0, line.length() - " HTTP/1.1".length());
                    var answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
                    Channels.newOutputStream(connection).write(answer.getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            // The client broke off.
        }
    }
}
