package dev.berth.docker;

import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.port.EngineCall;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The total time of a call: its own limit, or what the attempt has left. docker-java knows a limit for each read only,
 * and an engine that trickles never exceeds that one.
 *
 * @param calls runs a call beside, so that it can be left alone when its time is over
 * @param ended is told of each call that ended
 */
record TimeLimit(ExecutorService calls, Supplier<Duration> left, Consumer<EngineCall> ended) {

    /** @throws OperationFailed {@code host_unreachable} if the time is over; what became of the call is unknown */
    <T extends @Nullable Object> T within(Duration limit, String what, Supplier<T> call) {
        Duration rest = left.get();
        Duration time = rest.compareTo(limit) < 0 ? rest : limit;
        if (time.isNegative() || time.isZero()) {
            throw new OperationFailed(ErrorCode.HOST_UNREACHABLE, "no time left to " + what);
        }
        return told(what, () -> limited(time, what, call));
    }

    /** Makes a call that has limits of its own. */
    <T extends @Nullable Object> T told(String what, Supplier<T> call) {
        long began = System.nanoTime();
        Optional<ErrorCode> failure = Optional.of(ErrorCode.INTERNAL);
        try {
            T answer = call.get();
            failure = Optional.empty();
            return answer;
        } catch (OperationFailed failed) {
            failure = Optional.of(failed.code());
            throw failed;
        } finally {
            ended.accept(new EngineCall(what, Duration.ofNanos(System.nanoTime() - began), failure));
        }
    }

    private <T extends @Nullable Object> T limited(Duration time, String what, Supplier<T> call) {
        Future<T> running = calls.submit(() -> DockerErrors.translated(what, call));
        try {
            return running.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
            throw new OperationFailed(
                    ErrorCode.HOST_UNREACHABLE, "the engine did not " + what + " within " + time.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw new OperationFailed(ErrorCode.INTERNAL, "interrupted while waiting for the engine", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OperationFailed failed) {
                throw failed;
            }
            throw new OperationFailed(ErrorCode.INTERNAL, "could not " + what + ": " + e.getCause(), e);
        }
    }
}
