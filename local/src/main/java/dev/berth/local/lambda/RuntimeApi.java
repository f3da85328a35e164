package dev.berth.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The Lambda Runtime API (version 2018-06-01) for one sandbox: its runtime client asks here for the next request and answers it.
 * Every answer carries a Content-Type, without which the native part of the client ends its JVM.
 */
final class RuntimeApi implements AutoCloseable {

    private static final String ROOT = "/2018-06-01/runtime/";
    private static final int MAX_PAYLOAD = 6 * 1024 * 1024;

    private final String functionArn;
    private final Duration timeout;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final ConcurrentHashMap<String, Invocation> taken = new ConcurrentHashMap<>();
    private final CompletableFuture<Response> initializationError = new CompletableFuture<>();

    RuntimeApi(String functionArn, Duration timeout) {
        this.functionArn = functionArn;
        this.timeout = timeout;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new LocalFailure("No port for a Lambda Runtime API: " + e.getMessage(), e);
        }
        server.createContext(ROOT, this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Host and port, for AWS_LAMBDA_RUNTIME_API. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Completes if the function's class cannot even be made. */
    CompletableFuture<Response> initializationError() {
        return initializationError;
    }

    void submit(Invocation invocation) {
        waiting.add(invocation);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().substring(ROOT.length());
            var parts = path.split("/", -1);
            switch (parts[parts.length - 1]) {
                case "next" -> next(exchange);
                case "response" -> answer(exchange, parts[1], false);
                case "error" -> fail(exchange, parts[0], parts[1]);
                default -> reply(exchange, 404, "{}");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        var invocation = waiting.take();
        taken.put(invocation.requestId(), invocation);
        var deadline = Instant.now().plus(timeout);
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline.toEpochMilli()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
        headers.set("Lambda-Runtime-Trace-Id", traceId(deadline));
        invocation.deadline().complete(deadline);
        reply(exchange, 200, invocation.payload());
    }

    private void fail(HttpExchange exchange, String phase, String requestId) throws IOException {
        if (phase.equals("init")) {
            initializationError.complete(new Response(true, body(exchange)));
            reply(exchange, 202, "{}");
        } else {
            answer(exchange, requestId, true);
        }
    }

    private void answer(HttpExchange exchange, String requestId, boolean failed) throws IOException {
        var invocation = taken.remove(requestId);
        if (invocation == null) {
            reply(exchange, 400, "{\"errorType\":\"InvalidRequestID\"}");
            return;
        }
        invocation.answer().complete(new Response(failed, body(exchange)));
        reply(exchange, 202, "{}");
    }

    private static String body(HttpExchange exchange) throws IOException {
        var bytes = exchange.getRequestBody().readNBytes(MAX_PAYLOAD + 1);
        if (bytes.length > MAX_PAYLOAD) {
            throw new IOException("A response has more than the 6 MiB that Lambda takes.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String traceId(Instant time) {
        var random = UUID.randomUUID().toString().replace("-", "");
        return "Root=1-%08x-%s;Parent=%s;Sampled=0"
                .formatted(time.getEpochSecond(), random.substring(0, 24), random.substring(16));
    }
}
