package dev.berth.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.contract.HandClock;
import dev.berth.model.ErrorCode;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Over the wire of the real client, to a server that says what Secrets Manager would. */
final class ManagedSecretsTest {
    private static final String ABSENT = "ResourceNotFoundException";

    private final HttpServer server;
    private final Map<String, String> stored = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger clients = new AtomicInteger();
    private final HandClock clock = new HandClock();
    private final ManagedSecrets secrets = new ManagedSecrets(this::client, clock);
    private volatile Refusal refusal = new Refusal(200, "");

    private record Refusal(int status, String type) {}

    ManagedSecretsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private SecretsManagerClient client() {
        clients.incrementAndGet();
        return SecretsManagerClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(Apache5HttpClient.builder())
                .overrideConfiguration(AwsClients.LIMITS)
                .build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.incrementAndGet();
            assertThat(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                    .isEqualTo("secretsmanager.GetSecretValue");
            ObjectNode request =
                    Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String name = request.path("SecretId").asText();
            ObjectNode body = Json.object();
            int status = refusal.status();
            if (status != 200) {
                body.put("__type", refusal.type());
            } else if (!stored.containsKey(name)) {
                status = 400;
                body.put("__type", ABSENT);
            } else if (!stored.get(name).isEmpty()) {
                body.put("Name", name).put("SecretString", stored.get(name));
            } else {
                body.put("Name", name).put("SecretBinary", "AAAA");
            }
            byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Test
    void aSecretIsAskedForOnceAndThenRememberedForAWhile() {
        stored.put("games/db", "hunter2");

        assertThat(secrets.find("games/db")).contains("hunter2");
        stored.put("games/db", "changed");
        clock.pause(Limits.SECRETS_REMEMBERED.minusMillis(1));
        assertThat(secrets.find("games/db")).contains("hunter2");
        assertThat(asked).hasValue(1);

        clock.pause(Duration.ofMillis(1));
        assertThat(secrets.find("games/db")).contains("changed");
        assertThat(asked).hasValue(2);
        assertThat(clients).hasValue(1);
    }

    @Test
    void aSecretThatDoesNotExistIsNoneAndIsFoundAsSoonAsItDoes() {
        assertThat(secrets.find("games/db")).isEmpty();

        stored.put("games/db", "hunter2");
        assertThat(secrets.find("games/db")).contains("hunter2");
    }

    @Test
    void aSecretThatIsBeingDeletedIsNone() {
        stored.put("games/db", "hunter2");
        refusal = new Refusal(400, "InvalidRequestException");

        assertThat(secrets.find("games/db")).isEmpty();
    }

    @Test
    void aSecretThatIsNoTextIsNone() {
        stored.put("games/key", "");

        assertThat(secrets.find("games/key")).isEmpty();
    }

    @Test
    void whoeverNeedsNoSecretMakesNoClient() {
        assertThat(clients).hasValue(0);
        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ThrottlingException, STORE_UNAVAILABLE",
        "500, InternalServiceError, STORE_UNAVAILABLE",
        "400, AccessDeniedException, INTERNAL",
        "400, DecryptionFailure, INTERNAL",
    })
    void aRefusalTellsWhetherAnotherTryMayHelp(int status, String type, ErrorCode code) {
        stored.put("games/db", "hunter2");
        refusal = new Refusal(status, type);

        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> secrets.find("games/db"))
                .withMessageContaining(type)
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(code));

        refusal = new Refusal(200, "");
        assertThat(secrets.find("games/db")).contains("hunter2");
    }
}
