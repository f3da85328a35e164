package dev.berth.contract;

import static dev.berth.contract.StoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.docker.DockerHosts;
import dev.berth.local.docker.Certificates;
import dev.berth.local.docker.Certificates.Issued;
import dev.berth.local.docker.Certificates.Request;
import dev.berth.local.docker.DockerEngine;
import dev.berth.local.process.Ports;
import dev.berth.model.ErrorCode;
import dev.berth.port.ContainerHost;
import dev.berth.port.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are exchanged on a real engine while the same connections object goes on, as in a sandbox that lives for hours. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsRotationIT {
    private static final Duration PLENTY = Duration.ofSeconds(20);

    private final Certificates current = Certificates.newAuthority("current");
    private final Certificates next = Certificates.newAuthority("next");
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private DockerEngine engine;
    private DockerHosts hosts;

    @TempDir
    Path tls;

    @BeforeAll
    void startEngine() {
        engine = DockerEngine.start(LocalStore.temporary("berth-rotation"), "host-tls", Ports.ANY);
    }

    @AfterAll
    void closeEngine() {
        engine.close();
    }

    @BeforeEach
    void trustTheCurrentAuthority() {
        Secrets known = name -> Optional.ofNullable(secrets.get(name));
        hosts = new DockerHosts(_ -> Optional.empty(), known);
        engineHas(current, ca(current), current);
    }

    @AfterEach
    void close() {
        hosts.close();
    }

    /**
     * @param clients the authorities whose clients are let in
     * @param ours whose client the test looks after the engine with
     */
    private void engineHas(Certificates server, String clients, Certificates ours) {
        server.issue(Request.server("localhost", "127.0.0.1")).writeTo(engine.serverTls(), clients);
        ours.issue(Request.client("operator")).writeTo(engine.tls(), ca(server));
        engine.restart();
    }

    private static String ca(Certificates authority) {
        return authority.issue(Request.client("anybody")).caPem();
    }

    private static Issued client(Certificates authority, int fromDay, int untilDay) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return authority.issue(Request.client("berth")
                .validBetween(now.plus(Duration.ofDays(fromDay)), now.plus(Duration.ofDays(untilDay))));
    }

    private ContainerHost host(String material) {
        return hosts.connect(LocalEngine.hostAt(engine.endpoint().toString(), material), () -> PLENTY);
    }

    private void assertShown(String material, int untilDay) {
        assertThat(host(material).about().certificatesEnd())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(untilDay)).minus(Duration.ofHours(1)),
                        Instant.now().plus(Duration.ofDays(untilDay)));
    }

    @Test
    void aNewClientCertificateIsShownAsSoonAsItIsThere() {
        client(current, -1, 5).writeTo(tls);
        assertShown(tls.toString(), 5);

        client(current, -1, 9).writeTo(tls);

        assertShown(tls.toString(), 9);
    }

    @Test
    void anAuthorityIsReplacedStepByStepWithoutACallThatFails() {
        client(current, -1, 5).writeTo(tls);
        ContainerHost before = host(tls.toString());
        assertThat(before.inspect("nobody")).isEmpty();

        client(current, -1, 5).writeTo(tls, ca(current) + ca(next));
        client(next, -1, 4).writeNextTo(tls);
        assertShown(tls.toString(), 5);

        engineHas(next, ca(current) + ca(next), next);
        assertShown(tls.toString(), 5);

        engineHas(next, ca(next), next);
        assertShown(tls.toString(), 4);

        client(next, -1, 6).writeTo(tls);
        assertShown(tls.toString(), 6);
        assertThat(before.inspect("nobody")).isEmpty();
    }

    @Test
    void anAuthorityThatIsNotTrustedYetIsNot() {
        client(current, -1, 5).writeTo(tls);
        assertShown(tls.toString(), 5);

        engineHas(next, ca(current) + ca(next), next);

        assertFails(ErrorCode.TLS_FAILED, () -> host(tls.toString()).inspect("nobody"));
    }

    @Test
    void whereTheCurrentCertificateHasEndedTheNextOneIsShown() {
        client(current, -3, -1).writeTo(tls);
        client(current, -1, 2).writeNextTo(tls);

        assertShown(tls.toString(), 2);
    }

    @Test
    void whereTheNextCertificateIsNotValidYetTheCurrentOneIsShown() {
        client(current, -1, 2).writeTo(tls);
        client(current, 1, 9).writeNextTo(tls);

        assertShown(tls.toString(), 2);
    }

    @Test
    void aSecretHoldsTheMaterialAndItsNewValueCounts() throws IOException {
        secrets.put("host-1-tls", secret(client(current, -1, 5)).toString());
        assertShown("secret:host-1-tls", 5);

        ObjectNode both = secret(client(current, -3, -1));
        Issued other = client(current, -1, 7);
        both.put("next_cert", other.certificatePem()).put("next_key", other.keyPem());
        secrets.put("host-1-tls", both.toString());

        assertShown("secret:host-1-tls", 7);
    }

    private static ObjectNode secret(Issued issued) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ca", issued.caPem())
                .put("cert", issued.certificatePem())
                .put("key", issued.keyPem());
    }
}
