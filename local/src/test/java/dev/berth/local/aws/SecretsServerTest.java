package dev.berth.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** By the words of its protocol; the SDK's client asks it in the tests of the functions. */
final class SecretsServerTest {

    private static final InetAddress ADDRESS = InetAddress.ofLiteral("127.0.0.2");
    private static final String UNREADABLE = "cannot be read";

    private final Map<String, String> stored = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final SecretsServer server = SecretsServer.start(new InetSocketAddress(ADDRESS, Ports.ANY), this::read);

    private Optional<String> read(String name) {
        if (UNREADABLE.equals(stored.get(name))) {
            throw new IllegalStateException("hunter2 cannot be read");
        }
        return Optional.ofNullable(stored.get(name));
    }

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void tellsASecretAsItIsNow() throws Exception {
        stored.put("games/db", "a \"text\"");
        assertThat(ask("GetSecretValue", "games/db").body())
                .isEqualTo("{\"Name\":\"games/db\",\"SecretString\":\"a \\\"text\\\"\"}");

        stored.put("games/db", "another");
        assertThat(ask("GetSecretValue", "games/db").body()).contains("another");
    }

    @Test
    void saysThatThereIsNoSuchSecret() throws Exception {
        var answer = ask("GetSecretValue", "games/none");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"__type\":\"ResourceNotFoundException\"}");
    }

    @Test
    void answersAlsoWhereASecretCannotBeRead() throws Exception {
        stored.put("games/db", UNREADABLE);

        var answer = ask("GetSecretValue", "games/db");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"__type\":\"InternalServiceError\"}");
    }

    @Test
    void refusesWhateverElseIsAsked() throws Exception {
        stored.put("games/db", "hunter2");
        var answer = ask("DeleteSecret", "games/db");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"__type\":\"UnknownOperationException\"}");
    }

    @Test
    void listensAtTheAddressThatItIsGiven() {
        assertThat(server.endpoint().getHost()).isEqualTo("127.0.0.2");
        assertThatThrownBy(() -> SecretsServer.start(
                        new InetSocketAddress(ADDRESS, server.endpoint().getPort()), _ -> Optional.empty()))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("127.0.0.2:" + server.endpoint().getPort());
    }

    private HttpResponse<String> ask(String operation, String name) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.endpoint())
                .header("X-Amz-Target", "secretsmanager." + operation)
                .POST(BodyPublishers.ofString("{\"SecretId\": \"" + name + "\"}"))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
