package dev.berth.local.lambda;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One request on its way through a sandbox.
 *
 * @param deadline completes when the runtime client takes the request, from when on its time runs
 * @param answer completes with the function's response or its error
 */
record Invocation(
        String requestId, String payload, CompletableFuture<Instant> deadline, CompletableFuture<Response> answer) {

    static Invocation of(String payload) {
        return new Invocation(
                UUID.randomUUID().toString(), payload, new CompletableFuture<>(), new CompletableFuture<>());
    }
}
