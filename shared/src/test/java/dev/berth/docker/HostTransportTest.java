package dev.berth.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.berth.contract.HandClock;
import dev.berth.local.docker.Certificates;
import dev.berth.local.docker.Certificates.Issued;
import dev.berth.model.ErrorCode;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostTransportTest {
    private static final Certificates AUTHORITY = Certificates.newAuthority("ours");
    private static final Request REQUEST = Request.builder()
            .method(Request.Method.GET)
            .path("/_ping")
            .headers(Map.of())
            .build();

    private final List<Recorded> opened = new ArrayList<>();
    private final Map<String, String> secrets = new HashMap<>();

    @TempDir
    Path tls;

    private final HandClock clock = new HandClock();

    /** A transport that tells whether it was closed. */
    private static final class Recorded implements DockerHttpClient {
        private int calls;
        private boolean closed;

        @Override
        public Response execute(Request request) {
            calls++;
            return new Response() {
                @Override
                public int getStatusCode() {
                    return 200;
                }

                @Override
                public Map<String, List<String>> getHeaders() {
                    return Map.of();
                }

                @Override
                public InputStream getBody() {
                    return InputStream.nullInputStream();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private HostTransport transport(String material) {
        return new HostTransport(
                TlsSource.of(material, name -> Optional.ofNullable(secrets.get(name))),
                _ -> {
                    Recorded other = new Recorded();
                    opened.add(other);
                    return other;
                },
                clock);
    }

    private static Issued client() {
        return AUTHORITY.issue(Certificates.Request.client("berth"));
    }

    private static void call(HostTransport transport) {
        transport.execute(REQUEST).close();
    }

    @Test
    void asLongAsNothingChangesOneTransportIsUsed() {
        client().writeTo(tls);
        HostTransport transport = transport(tls.toString());

        call(transport);
        call(transport);

        assertThat(opened).singleElement().satisfies(only -> {
            assertThat(only.calls).isEqualTo(2);
            assertThat(only.closed).isFalse();
        });
    }

    @Test
    void aCallThatIsUnderWayEndsOverTheOldConnection() {
        client().writeTo(tls);
        HostTransport transport = transport(tls.toString());
        Response first = transport.execute(REQUEST);
        Response second = transport.execute(REQUEST);

        client().writeTo(tls);
        call(transport);

        assertThat(opened).extracting(each -> each.calls).containsExactly(2, 1);
        first.close();
        first.close();
        assertThat(opened).extracting(each -> each.closed).containsExactly(false, false);
        second.close();
        assertThat(opened).extracting(each -> each.closed).containsExactly(true, false);
    }

    @Test
    void anUnusedConnectionIsClosedAtOnce() {
        client().writeTo(tls);
        HostTransport transport = transport(tls.toString());
        call(transport);

        client().writeTo(tls);
        call(transport);

        assertThat(opened).extracting(each -> each.closed).containsExactly(true, false);
    }

    @Test
    void whileTheMaterialIsBeingWrittenTheOldOneCounts() throws IOException {
        client().writeTo(tls);
        HostTransport transport = transport(tls.toString());
        call(transport);

        Issued other = client();
        Files.writeString(tls.resolve("cert.pem"), other.certificatePem());
        call(transport);
        Files.delete(tls.resolve("key.pem"));
        call(transport);
        assertThat(opened).hasSize(1);

        other.writeTo(tls);
        call(transport);
        assertThat(opened).hasSize(2);
    }

    @Test
    void whatStaysUnusableIsAFailureAndNoReasonToGoOnWithTheOld() throws IOException {
        client().writeTo(tls);
        HostTransport transport = transport(tls.toString());
        call(transport);
        byte[] key = Files.readAllBytes(tls.resolve("key.pem"));

        Files.delete(tls.resolve("key.pem"));
        call(transport);
        clock.pause(Limits.TLS_HALF_WRITTEN.plusMillis(1));
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> call(transport))
                .withMessageContaining("key.pem");

        Files.write(tls.resolve("key.pem"), key);
        call(transport);
        Files.delete(tls.resolve("key.pem"));
        call(transport);
        assertThat(opened).hasSize(1);
    }

    @Test
    void aStoreOfSecretsThatIsDownSaysNothingAgainstWhatItSaid() {
        boolean[] down = {false};
        Issued issued = client();
        HostTransport transport = new HostTransport(
                TlsSource.of("secret:tls", _ -> {
                    if (down[0]) {
                        throw new OperationFailed(ErrorCode.STORE_UNAVAILABLE, "throttled");
                    }
                    return Optional.of(json(issued));
                }),
                _ -> new Recorded(),
                clock);
        call(transport);

        down[0] = true;
        call(transport);
        clock.pause(Duration.ofHours(1));

        call(transport);
    }

    private static String json(Issued issued) {
        return "{\"ca\": \"%s\", \"cert\": \"%s\", \"key\": \"%s\"}"
                .formatted(issued.caPem(), issued.certificatePem(), issued.keyPem())
                .replace("\n", "\\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.pem", "cert.pem", "key.pem", "next-cert.pem", "next-key.pem"})
    void aMissingFileIsNamed(String file) throws IOException {
        client().writeTo(tls);
        client().writeNextTo(tls);
        Files.delete(tls.resolve(file));

        assertRefused(tls.toString(), file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.pem", "cert.pem", "next-cert.pem"})
    void aFileThatIsNoCertificateIsNamed(String file) throws IOException {
        client().writeTo(tls);
        client().writeNextTo(tls);
        Files.writeString(tls.resolve(file), "garbage");

        assertRefused(tls.toString(), file.equals("ca.pem") ? "ca" : file);
    }

    @ParameterizedTest
    @CsvSource({"'', ca", "'\"ca\": 7', ca", "'\"ca\": \"x\"', cert", "'\"ca\": \"x\", \"cert\": \"y\"', key"})
    void aMissingFieldOfASecretIsNamed(String fields, String missing) {
        secrets.put("tls", "{" + fields + "}");

        assertRefused("secret:tls", "no " + missing + " of the secret tls");
    }

    @Test
    void aSecretThatIsNoJsonIsNotQuoted() {
        secrets.put("tls", "hush");

        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> call(transport("secret:tls")))
                .satisfies(failed -> assertThat(failed).hasMessageContaining("secret tls"))
                .satisfies(failed -> assertThat(failed.toString()).doesNotContain("hush"))
                .withNoCause();
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        assertRefused("secret:tls", "there is no secret tls");
    }

    private void assertRefused(String material, String named) {
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> call(transport(material)))
                .withMessageContaining(named)
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.TLS_FAILED));
        assertThat(opened).isEmpty();
    }
}
