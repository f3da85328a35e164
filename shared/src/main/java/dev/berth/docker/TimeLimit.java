package dev.berth.docker;

import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The total time of a call: its own limit, or what the attempt has left. docker-java knows a limit for each read only,
 * and an engine that trickles never exceeds that one.
 *
 * @param calls runs a call beside, so that it can be left alone when its time is over
 */
record TimeLimit(ExecutorService calls, Supplier<Duration> left) {

    /** @throws OperationFailed {@code host_unreachable} if the time is over; what became of the call is unknown */
    <T extends @Nullable Object> T within(Duration limit, String what, Supplier<T> call) {
        Duration rest = left.get();
        Duration time = rest.compareTo(limit) < 0 ? rest : limit;
        if (time.isNegative() || time.isZero()) {
            throw new OperationFailed(ErrorCode.HOST_UNREACHABLE, "no time left to " + what);
        }
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
