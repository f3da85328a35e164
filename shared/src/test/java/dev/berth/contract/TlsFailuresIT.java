package dev.berth.contract;

import static dev.berth.contract.StoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.docker.DockerHosts;
import dev.berth.local.docker.Certificates;
import dev.berth.local.docker.Certificates.Issued;
import dev.berth.local.docker.Certificates.Request;
import dev.berth.local.process.Ports;
import dev.berth.model.ErrorCode;
import dev.berth.model.Host;
import dev.berth.model.OperationFailed;
import dev.berth.port.Container;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that can be wrong with the trust between us and an engine, or with the way to it. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
final class TlsFailuresIT {
    private static final Duration PLENTY = Duration.ofSeconds(10);
    private static final Certificates AUTHORITY = Certificates.newAuthority("ours");
    private static final Certificates STRANGERS = Certificates.newAuthority("theirs");
    private static final OddCertificates ODD = new OddCertificates();
    private static final Duration DAY = Duration.ofDays(1);

    private final Instant now = Instant.now();
    private final DockerHosts hosts = new DockerHosts();
    private final Path tls;

    TlsFailuresIT(@TempDir Path tls) {
        this.tls = tls;
        AUTHORITY.issue(Request.client("berth")).writeTo(tls);
    }

    @AfterEach
    void close() {
        hosts.close();
    }

    private Optional<Container> ask(int port, Duration left) {
        return hosts.connect(LocalEngine.hostAt(port, tls), () -> left).inspect("anything");
    }

    private void assertNotTrusted(Issued server) throws IOException, GeneralSecurityException {
        try (TlsServer engine = TlsServer.start(server, server("127.0.0.1").caPem())) {
            assertNotSpokenTo(engine);
        }
    }

    /** Nor in plain HTTP. */
    private void assertNotSpokenTo(TlsServer engine) {
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> ask(engine.port(), PLENTY))
                .withMessageStartingWith("no trusted connection to look at the container: ")
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.TLS_FAILED));
        assertThat(engine.asked()).isEmpty();
    }

    private static Issued server(String name) {
        return AUTHORITY.issue(Request.server(name));
    }

    // --- certificates ---

    @Test
    void withGoodCertificatesOnBothSidesTheEngineAnswers() throws Exception {
        try (TlsServer engine =
                TlsServer.start(server("127.0.0.1"), server("127.0.0.1").caPem())) {
            assertThat(ask(engine.port(), PLENTY)).isEmpty();
            assertThat(engine.asked()).isNotEmpty();
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTrusted() throws Exception {
        assertNotTrusted(STRANGERS.issue(Request.server("127.0.0.1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.2", "engine.example"})
    void aServerOfAnotherNameIsNotTrusted(String name) throws Exception {
        assertNotTrusted(server(name));
    }

    @ParameterizedTest
    @CsvSource({"-2, -1", "1, 2"})
    void aServerIsNotTrustedBeforeAndAfterItsTime(int fromDay, int untilDay) throws Exception {
        assertNotTrusted(AUTHORITY.issue(Request.server("127.0.0.1")
                .validBetween(now.plus(DAY.multipliedBy(fromDay)), now.plus(DAY.multipliedBy(untilDay)))));
    }

    @Test
    void aCertificateForClientsMakesNoServer() throws Exception {
        assertNotTrusted(AUTHORITY.issue(Request.client("127.0.0.1")));
    }

    @Test
    void aServerThatHasNoAlternativeNameIsNotTrusted() throws Exception {
        assertOddIsNotTrusted(ODD.withoutAlternativeName());
    }

    @Test
    void aServerThatVouchesForItselfIsNotTrusted() throws Exception {
        assertOddIsNotTrusted(ODD.bySelf());
    }

    @Test
    void aServerThatDoesNotShowWhoIssuedItsCertificateIsNotTrusted() throws Exception {
        assertOddIsNotTrusted(ODD.byAnAuthorityThatIsNotShown());
    }

    @Test
    void aServerWhoseCertificateIsIssuedByAnotherServerIsNotTrusted() throws Exception {
        assertOddIsNotTrusted(ODD.byNoAuthority());
    }

    /** Beside the odd one, its authority is trusted. */
    private void assertOddIsNotTrusted(Issued odd) throws IOException, GeneralSecurityException {
        Files.writeString(tls.resolve("ca.pem"), ODD.caPem());
        assertNotTrusted(odd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1"})
    void aServerThatSpeaksOnlyAnOldVersionIsNotSpokenTo(String version) throws Exception {
        try (TlsServer engine =
                TlsServer.speaking(server("127.0.0.1"), server("127.0.0.1").caPem(), version)) {
            assertNotSpokenTo(engine);
        }
    }

    @Test
    void whoeverComesWithAnExpiredCertificateIsNotLetIn() throws Exception {
        AUTHORITY
                .issue(Request.client("berth").validBetween(now.minus(DAY.multipliedBy(2)), now.minus(DAY)))
                .writeTo(tls);

        assertNotLetIn();
    }

    @Test
    void whoeverComesWithACertificateOfAnotherAuthorityIsNotLetIn() throws Exception {
        STRANGERS.issue(Request.client("berth")).writeTo(tls);
        Files.writeString(tls.resolve("ca.pem"), server("127.0.0.1").caPem());

        assertNotLetIn();
    }

    @Test
    void whoeverComesWithAKeyThatIsNotTheCertificatesIsNotLetIn() throws Exception {
        Files.writeString(tls.resolve("key.pem"), server("127.0.0.1").keyPem());

        assertNotLetIn();
    }

    /** In TLS 1.3 a client hears of that after its handshake; when the server resets the connection, not even why. */
    private void assertNotLetIn() throws IOException, GeneralSecurityException {
        try (TlsServer engine =
                TlsServer.start(server("127.0.0.1"), server("127.0.0.1").caPem())) {
            assertThatExceptionOfType(OperationFailed.class)
                    .isThrownBy(() -> ask(engine.port(), PLENTY))
                    .satisfies(
                            failed -> assertThat(failed.code()).isIn(ErrorCode.TLS_FAILED, ErrorCode.HOST_UNREACHABLE));
            assertThat(engine.asked()).isEmpty();
        }
    }

    // --- no TLS, and nobody ---

    @Test
    void anEngineWithoutTlsIsNotSpokenTo() throws Exception {
        try (TlsServer engine = TlsServer.withoutTls()) {
            assertNotSpokenTo(engine);
        }
    }

    @Test
    void whateverElseListensThereIsNotSpokenTo() throws Exception {
        try (TlsServer engine = TlsServer.sayingGarbage()) {
            assertNotSpokenTo(engine);
        }
    }

    @Test
    void whereNobodyListensTheHostIsUnreachable() {
        int port = Ports.reserve(Ports.ANY, "nobody");

        assertFails(ErrorCode.HOST_UNREACHABLE, () -> ask(port, PLENTY));
    }

    @Test
    void aNameThatDoesNotExistIsAnUnreachableHost() {
        Host host = LocalEngine.hostAt("tcp://no-such-host.invalid:2376", tls.toString());

        assertFails(
                ErrorCode.HOST_UNREACHABLE,
                () -> hosts.connect(host, () -> PLENTY).inspect("anything"));
    }

    @Test
    void aPortThatTakesConnectionsAndSaysNothingIsAnUnreachableHost() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertInTime(() -> ask(silent.getLocalPort(), Duration.ofMillis(500)), Duration.ofSeconds(2));
            assertInTime(() -> ask(silent.getLocalPort(), PLENTY), Duration.ofSeconds(9));
        }
    }

    @Test
    void aPortThatTakesNoConnectionsIsAnUnreachableHost() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 4; i++) {
                Socket socket = new Socket();
                waiting.add(socket);
                Thread.ofVirtual().start(() -> connect(socket, full.getLocalPort()));
            }
            assertInTime(() -> ask(full.getLocalPort(), Duration.ofMillis(500)), Duration.ofSeconds(2));
            assertInTime(() -> ask(full.getLocalPort(), PLENTY), Duration.ofSeconds(9));
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static void connect(Socket socket, int port) {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            // It was to wait only.
        }
    }

    private static void assertInTime(ThrowingCallable call, Duration limit) {
        Instant begin = Instant.now();
        assertFails(ErrorCode.HOST_UNREACHABLE, call);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(limit);
    }

    // --- files ---

    @ParameterizedTest
    @ValueSource(strings = {"ca.pem", "cert.pem", "key.pem"})
    void withoutAFileNoConnectionIsMadeUntilItIsThereAgain(String file) throws Exception {
        byte[] content = Files.readAllBytes(tls.resolve(file));
        try (TlsServer engine =
                TlsServer.start(server("127.0.0.1"), server("127.0.0.1").caPem())) {
            Files.delete(tls.resolve(file));
            assertFails(ErrorCode.TLS_FAILED, () -> ask(engine.port(), PLENTY));

            Files.write(tls.resolve(file), content);
            assertThat(ask(engine.port(), PLENTY)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ca.pem, ''
            ca.pem, garbage
            ca.pem, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
            cert.pem, ''
            cert.pem, garbage
            key.pem, ''
            key.pem, garbage
            key.pem, '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'
            key.pem, '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----'
            """)
    void withAFileThatIsNotWhatItShouldBeNoConnectionIsMade(String file, String content) throws IOException {
        Files.writeString(tls.resolve(file), content);

        assertFails(ErrorCode.TLS_FAILED, () -> ask(1, PLENTY));
    }
}
