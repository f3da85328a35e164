package dev.berth.aws;

import dev.berth.model.OperationFailed;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Requests that are under way while another one is made. */
final class Beside {
    private Beside() {}

    static <T> CompletableFuture<T> beside(Supplier<T> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> answer.completeAsync(request, Runnable::run));
        return answer;
    }

    /** @throws OperationFailed as the request did */
    static <T> T joined(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof OperationFailed failure ? failure : e;
        }
    }
}
