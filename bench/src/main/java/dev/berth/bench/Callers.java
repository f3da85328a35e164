package dev.berth.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** So many callers, each of which begins another piece of work when its last one is done. */
record Callers(int number) {

    /**
     * Returns when all of it is done.
     *
     * @param work told which of the pieces it is, from 0 on
     * @throws java.util.concurrent.CompletionException if one of them failed
     */
    void each(int pieces, IntConsumer work) {
        try (ExecutorService threads = Executors.newFixedThreadPool(number)) {
            CompletableFuture.allOf(IntStream.range(0, pieces)
                            .mapToObj(piece -> CompletableFuture.runAsync(() -> work.accept(piece), threads))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
    }
}
