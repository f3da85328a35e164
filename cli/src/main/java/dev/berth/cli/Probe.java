package dev.berth.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** Looks from outside at what should answer, and at what should not. */
final class Probe {
    private static final Duration ONE_TRY = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Probe() {}

    /**
     * Asks until there is an answer.
     *
     * @return status and body
     * @throws CommandFailed if there is none within the limit
     */
    static HttpResponse<String> get(URI address, Duration limit) {
        Instant until = Instant.now().plus(limit);
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(ONE_TRY).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(address).timeout(ONE_TRY).build();
            while (true) {
                try {
                    return http.send(request, HttpResponse.BodyHandlers.ofString());
                } catch (IOException e) {
                    if (Instant.now().isAfter(until)) {
                        throw CommandFailed.failed(address + " does not answer: " + e);
                    }
                    OrderlyEnd.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailed.failed("interrupted while asking " + address);
        }
    }

    /** Whether nothing listens there. */
    static boolean isClosed(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) ONE_TRY.toMillis());
            return false;
        } catch (IOException refused) {
            return true;
        }
    }
}
