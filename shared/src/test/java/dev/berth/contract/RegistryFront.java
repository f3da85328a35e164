package dev.berth.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.berth.local.docker.Certificates.Issued;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Stands before a registry, with TLS on both sides: counts what is asked for, and spoils what is answered. */
final class RegistryFront implements AutoCloseable {
    private static final List<String> PASSED_ON = List.of(
            "Content-Type",
            "Content-Range",
            "Docker-Content-Digest",
            "WWW-Authenticate",
            "Docker-Distribution-Api-Version");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONG_PAUSE = Duration.ofSeconds(1);
    private static final int PIECES = 12;

    private final String registry;
    private final HttpsServer server;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private volatile Way way = Way.WELL;

    /** How answers go. */
    enum Way {
        WELL,
        /** Layers come in pieces, with pauses between them. */
        SLOWLY,
        /** So too, with longer ones. */
        AT_A_CRAWL,
        /** Layers end in the middle. */
        LAYERS_CUT,
        /** Manifests end in the middle. */
        MANIFESTS_CUT,
        /** Layers stop in the middle, and the connection stays. */
        SILENTLY,
        /** Layers are not what their digests say. */
        LAYERS_FORGED,
        /** As something before the registry refuses that knows nothing of registries. */
        FORBIDDEN,
        ABSENT
    }

    /** @param registry address and port of the one behind */
    RegistryFront(String registry, String address, Issued certificate) throws IOException, GeneralSecurityException {
        this.registry = registry;
        var tls = TlsServer.context(certificate, certificate.caPem());
        client = HttpClient.newBuilder().sslContext(tls).build();
        server = HttpsServer.create(new InetSocketAddress(address, 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Address and port, as they stand in a reference. */
    String name() {
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    void answer(Way now) {
        way = now;
    }

    /** How often each layer, or configuration of an image, was asked for, by the address of it. */
    Map<String, Integer> layersAsked() {
        Map<String, Integer> layers = new ConcurrentHashMap<>(asked);
        layers.keySet().removeIf(path -> !path.contains("/blobs/"));
        return layers;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (way == Way.FORBIDDEN || way == Way.ABSENT) {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(way == Way.FORBIDDEN ? 403 : 404, -1);
                return;
            }
            HttpResponse<byte[]> answer = ask(exchange);
            PASSED_ON.forEach(header -> answer.headers()
                    .firstValue(header)
                    .ifPresent(value -> exchange.getResponseHeaders().set(header, value)));
            if (exchange.getRequestMethod().equals("HEAD")) {
                answer.headers()
                        .firstValue("Content-Length")
                        .ifPresent(value -> exchange.getResponseHeaders().set("Content-Length", value));
                exchange.sendResponseHeaders(answer.statusCode(), -1);
                return;
            }
            String path = exchange.getRequestURI().getPath();
            asked.merge(path, answer.statusCode() == 200 ? 1 : 0, Integer::sum);
            byte[] body = answer.body();
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            send(body, path, exchange.getResponseBody());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://" + registry + exchange.getRequestURI()))
                .timeout(LIMIT)
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.noBody());
        for (String header : List.of("Authorization", "Accept", "Range")) {
            exchange.getRequestHeaders()
                    .getOrDefault(header, List.of())
                    .forEach(value -> request.header(header, value));
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private void send(byte[] body, String path, OutputStream out) throws IOException, InterruptedException {
        boolean layer = path.contains("/blobs/");
        switch (way) {
            case WELL, FORBIDDEN, ABSENT -> out.write(body);
            case SLOWLY -> inPieces(body, out, layer ? PAUSE : Duration.ZERO);
            case AT_A_CRAWL -> inPieces(body, out, layer ? LONG_PAUSE : Duration.ZERO);
            case LAYERS_CUT -> out.write(body, 0, layer ? body.length / 2 : body.length);
            case MANIFESTS_CUT -> out.write(body, 0, path.contains("/manifests/") ? body.length / 2 : body.length);
            case LAYERS_FORGED -> out.write(layer ? forged(body) : body);
            case SILENTLY -> {
                out.write(body, 0, layer ? body.length / 2 : body.length);
                out.flush();
                if (layer) {
                    closed.await();
                }
            }
        }
        out.flush();
    }

    private static byte[] forged(byte[] body) {
        byte[] other = body.clone();
        other[other.length / 2] ^= 1;
        return other;
    }

    private void inPieces(byte[] body, OutputStream out, Duration pause) throws IOException, InterruptedException {
        for (int i = 0; i < PIECES; i++) {
            int from = body.length * i / PIECES;
            out.write(body, from, body.length * (i + 1) / PIECES - from);
            out.flush();
            if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
