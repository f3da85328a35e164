package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.docker.DockerHosts;
import dev.berth.local.docker.Certificates;
import dev.berth.local.docker.Certificates.Issued;
import dev.berth.local.docker.Certificates.Request;
import dev.berth.local.docker.DemoImages;
import dev.berth.local.docker.DockerEngine;
import dev.berth.local.process.Ports;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.port.ContainerHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real engine that verifies its clients refuses whoever is not one, and we notice before it does where our own material
 * is broken. Nothing is left of what was asked.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsClientsIT {
    private static final Duration PLENTY = Duration.ofSeconds(20);
    private static final String NAME = "berth_chess";

    private final Certificates ours = Certificates.newAuthority("ours");
    private final Certificates theirs = Certificates.newAuthority("theirs");
    private DockerEngine engine;
    private Map<String, String> images;

    @TempDir
    Path tls;

    @BeforeAll
    void startEngine() {
        engine = DockerEngine.start(LocalStore.temporary("berth-clients"), "host-clients", Ports.ANY);
        ours.issue(Request.server("localhost", "127.0.0.1")).writeTo(engine.serverTls());
        ours.issue(Request.client("operator")).writeTo(engine.tls());
        engine.restart();
        images = DemoImages.importInto(engine, _ -> {});
    }

    @AfterAll
    void closeEngine() {
        engine.close();
    }

    private Issued client(Certificates authority, int fromDay, int untilDay) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return authority.issue(Request.client("berth")
                .validBetween(now.plus(Duration.ofDays(fromDay)), now.plus(Duration.ofDays(untilDay))));
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(tls.resolve(file), content);
    }

    /** The material as it is; the engine's authority is trusted whatever else there is. */
    private void come(Issued as) throws IOException {
        as.writeTo(tls);
        write("ca.pem", client(ours, -1, 1).caPem());
    }

    /** In TLS 1.3 a client hears of a refusal after its handshake, and of a reset not even why. */
    private void assertRefused(String... saying) {
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> change(tls))
                .satisfies(failed -> {
                    if (failed.code() == ErrorCode.TLS_FAILED) {
                        assertThat(saying).as(failed.text()).anyMatch(failed.text()::contains);
                    } else {
                        assertThat(failed.code()).isEqualTo(ErrorCode.HOST_UNREACHABLE);
                    }
                });
        assertNothingCame();
    }

    private void assertUnusable(String saying) {
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> change(tls))
                .withMessageStartingWith("the host's TLS material cannot be used: ")
                .withMessageContaining(saying)
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.TLS_FAILED));
        assertNothingCame();
    }

    private void change(Path material) {
        try (DockerHosts hosts = new DockerHosts()) {
            host(hosts, material).create(Plans.plan(NAME, images.get("1.0.0"), Plans.wish()));
        }
    }

    private ContainerHost host(DockerHosts hosts, Path material) {
        return hosts.connect(LocalEngine.hostAt(engine.endpoint().getPort(), material), () -> PLENTY);
    }

    /** Asked by whom the engine lets in. */
    private void assertNothingCame() {
        try (DockerHosts hosts = new DockerHosts()) {
            assertThat(host(hosts, engine.tls()).list(Map.of())).isEmpty();
        }
    }

    @Test
    void whoeverIsAClientIsLetIn() throws IOException {
        come(client(ours, -1, 1));

        change(tls);

        try (DockerHosts hosts = new DockerHosts()) {
            ContainerHost host = host(hosts, engine.tls());
            host.remove(host.inspect(NAME).orElseThrow().id());
        }
    }

    // --- refused by the engine ---

    @Test
    void whoseCertificateHasEndedIsNot() throws IOException {
        come(client(ours, -3, -1));

        assertRefused("certificate_expired", "bad_certificate");
    }

    @Test
    void whoseCertificateIsNotValidYetIsNot() throws IOException {
        come(client(ours, 1, 3));

        assertRefused("certificate_expired", "bad_certificate");
    }

    @Test
    void whoseCertificateIsAnotherAuthoritysIsNot() throws IOException {
        come(client(theirs, -1, 1));

        // The engine names whom it trusts, and of theirs we have none to show.
        assertRefused("bad_certificate", "certificate_required", "unknown_ca");
    }

    @Test
    void whoComesWithAServersCertificateIsNot() throws IOException {
        come(ours.issue(Request.server("berth")));

        assertRefused("bad_certificate", "unsupported_certificate");
    }

    @Test
    void whoVouchesForItselfIsNot() throws IOException {
        come(new OddCertificates().bySelf());

        assertRefused("bad_certificate", "certificate_required", "unknown_ca");
    }

    // --- found out before ---

    @Test
    void withoutACertificateNobodyComes() throws IOException {
        come(client(ours, -1, 1));
        Files.delete(tls.resolve("cert.pem"));

        assertUnusable("there is no cert.pem");
    }

    @Test
    void withAKeyThatIsNotTheCertificatesNobodyComes() throws IOException {
        come(client(ours, -1, 1));
        write("key.pem", client(ours, -1, 1).keyPem());

        assertUnusable("the key is not the certificate's");
    }

    @Test
    void withAKeyThatIsEncryptedNobodyComes() throws IOException {
        come(client(ours, -1, 1));
        write("key.pem", client(ours, -1, 1).keyPem().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));

        assertUnusable("must be an unencrypted PKCS#8 one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.pem", "cert.pem", "key.pem"})
    void withPemThatIsGarbledNobodyComes(String file) throws IOException {
        come(client(ours, -1, 1));
        String pem = Files.readString(tls.resolve(file));
        write(file, pem.substring(0, pem.length() / 2) + "!?" + pem.substring(pem.length() / 2 + 9));

        assertUnusable(file.equals("ca.pem") ? "ca: " : "cert.pem in " + tls + " with its key: ");
    }
}
