package dev.berth.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.contract.TlsServer.Answering;
import dev.berth.docker.DockerHosts;
import dev.berth.local.docker.Certificates;
import dev.berth.local.docker.Certificates.Issued;
import dev.berth.local.docker.Certificates.Request;
import dev.berth.model.ErrorCode;
import dev.berth.model.ImageRef;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.port.ContainerHost;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever proves to be the engine may still speak no HTTP: each call ends as a failure of the host, or as an answer. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class BrokenHttpIT {
    private static final Duration PLENTY = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String ID = "c".repeat(64);

    /** What an engine may send before it notices that nobody listens: buffers, and what is on the way. */
    private static final long ON_THE_WAY = 8 << 20;

    private static final Set<ErrorCode> OF_A_HOST = Set.of(
            ErrorCode.HOST_UNREACHABLE,
            ErrorCode.DOCKER_ERROR,
            ErrorCode.TLS_FAILED,
            ErrorCode.IMAGE_PULL_FAILED,
            ErrorCode.IMAGE_NOT_FOUND);

    private static final List<Consumer<ContainerHost>> CALLS = List.of(
            host -> host.inspect(ID),
            host -> host.list(Map.of()),
            host -> host.start(ID),
            host -> host.remove(ID),
            host -> host.logs(ID, 50),
            host -> host.usage(ID),
            host -> host.pull(new ImageRef("demo:1.0.0"), _ -> {}),
            ContainerHost::about);

    private static final List<String> ONCE = List.of(
            "",
            "\r\n\r\n",
            "hello\r\n\r\n",
            "HTTP/1.1\r\n\r\n",
            "HTTP/1.1 20x OK\r\n\r\n",
            "HTTP/9.9 200 OK\r\n\r\n",
            "HTTP/1.1 99999 OK\r\n\r\n",
            "<html>no HTTP</html>",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: tcp\r\n\r\n",
            "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 407 Proxy\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n",
            OK + "Content-Length: -1\r\n\r\n{}",
            OK + "Content-Length: two\r\n\r\n{}",
            OK + "Content-Length: 99999999999999999999\r\n\r\n{}",
            OK + "Content-Length: 1000\r\n\r\n{}",
            OK + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            OK + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
            OK + "Content-Length: 2\r\n\r\n{}" + OK + "Content-Length: 2\r\n\r\n[]",
            OK + "Transfer-Encoding: gzip\r\n\r\n{}",
            OK + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
            OK + "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
            OK + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n",
            OK + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}",
            OK + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n",
            OK + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
            OK + ": no name\r\nContent-Length: 2\r\n\r\n{}",
            OK + "X: \0\r\nContent-Length: 2\r\n\r\n{}");

    /** What goes on for ever; no time is enough for it. */
    private static final List<List<String>> ENDLESS_HEADS = List.of(
            List.of("HTTP/1.1 200 ", "O"),
            List.of(OK + "X: ", "y"),
            List.of(OK, "X: y\r\n"),
            List.of("", "\r\n"),
            List.of("", "HTTP/1.1 100 Continue\r\n\r\n"),
            List.of(OK + "Transfer-Encoding: chunked\r\n\r\n2;", "extension;"),
            List.of(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "Trailer: x\r\n"));

    private static final List<List<String>> ENDLESS_BODIES = List.of(
            List.of(OK + "Transfer-Encoding: chunked\r\n\r\n", "1000\r\n" + " ".repeat(4096) + "\r\n"),
            List.of(OK + "Content-Length: 999999999999\r\n\r\n", "{\"a\":"),
            List.of(OK + "\r\n{\"Id\":\"", "x"),
            List.of("HTTP/1.1 500 Internal Server Error\r\n\r\n", "x"));

    private final Certificates authority = Certificates.newAuthority("ours");
    private final DockerHosts hosts = new DockerHosts();
    private final Path tls;

    BrokenHttpIT(@TempDir Path tls) {
        this.tls = tls;
        authority.issue(Request.client("berth")).writeTo(tls);
    }

    @AfterEach
    void close() {
        hosts.close();
    }

    @Test
    void endsEveryCallInAFailureOfTheHostOrInAnAnswer() throws Exception {
        List<Answering> all = new ArrayList<>();
        ONCE.forEach(text -> {
            all.add(out -> out.write(bytes(text)));
            all.add(out -> {
                out.write(bytes(text));
                throw new IOException("closes the connection");
            });
        });
        int calls = 0;
        for (Answering answer : all) {
            calls += ask(answer);
        }
        assertThat(calls).isGreaterThan(400);
    }

    @Test
    void endsACallWhoseAnswerNeverBegins() throws Exception {
        for (List<String> endless : ENDLESS_HEADS) {
            ask(out -> send(endless, new AtomicLong(), out));
        }
    }

    @Test
    void readsNoMoreThanAnAnswerMayBeLong() throws Exception {
        Issued own = authority.issue(Request.server("127.0.0.1"));
        for (List<String> endless : ENDLESS_BODIES) {
            AtomicLong sent = new AtomicLong();
            try (TlsServer engine = TlsServer.answering(own, own.caPem(), out -> send(endless, sent, out))) {
                ContainerHost host = hosts.connect(LocalEngine.hostAt(engine.port(), tls), () -> PLENTY);
                assertThatExceptionOfType(OperationFailed.class)
                        .isThrownBy(() -> host.inspect(ID))
                        .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.DOCKER_ERROR));
            }
            assertThat(sent.get()).isLessThan(Limits.MOST_ANSWERED + ON_THE_WAY);
        }
    }

    private static void send(List<String> endless, AtomicLong sent, OutputStream out) throws IOException {
        String piece = endless.getLast();
        byte[] pieces = bytes(piece.repeat(Math.max(1, 4096 / piece.length())));
        out.write(bytes(endless.getFirst()));
        while (true) {
            out.write(pieces);
            sent.addAndGet(pieces.length);
        }
    }

    @Test
    void givesUpWhatTrickles() throws Exception {
        ask(out -> {
            for (byte each : bytes(OK + "Content-Length: 100000\r\n\r\n")) {
                out.write(each);
                out.flush();
                sleep();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\n\r\n[]",
                "Content-Length: 4\r\n\r\n[]\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n1\r\n\n\r\n0\r\n\r\n"
            })
    void goesOnOverTheSameConnectionAfterAnAnswerThatEnds(String rest) throws Exception {
        Issued own = authority.issue(Request.server("127.0.0.1"));
        try (TlsServer engine = TlsServer.answering(own, own.caPem(), out -> out.write(bytes(OK + rest)))) {
            ContainerHost host = hosts.connect(LocalEngine.hostAt(engine.port(), tls), () -> PLENTY);
            for (int i = 0; i < 5; i++) {
                assertThat(host.list(Map.of())).isEmpty();
            }
            assertThat(engine.connections()).isEqualTo(1);
        }
    }

    private static void sleep() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** @return how many calls were made */
    private int ask(Answering answer) throws Exception {
        Issued own = authority.issue(Request.server("127.0.0.1"));
        try (TlsServer engine = TlsServer.answering(own, own.caPem(), answer)) {
            for (Consumer<ContainerHost> call : CALLS) {
                Instant end = Instant.now().plus(SHORT);
                ContainerHost host = hosts.connect(
                        LocalEngine.hostAt(engine.port(), tls), () -> Duration.between(Instant.now(), end));
                try {
                    call.accept(host);
                } catch (OperationFailed failed) {
                    assertThat(failed.code()).as(failed.text()).isIn(OF_A_HOST);
                }
            }
            assertThat(engine.asked().stream().filter(line -> !line.startsWith("GET ")))
                    .allMatch(line -> Stream.of("/containers/" + ID, "/images/create", "/images/demo")
                            .anyMatch(line::contains));
        }
        return CALLS.size();
    }
}
