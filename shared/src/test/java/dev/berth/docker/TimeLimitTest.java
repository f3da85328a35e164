package dev.berth.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.port.EngineCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who made a call hears of its end, whatever that was. */
final class TimeLimitTest {
    private static final Duration ENOUGH = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<EngineCall> ended = new ArrayList<>();
    private final TimeLimit time = new TimeLimit(threads, () -> ENOUGH, ended::add);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void tellsOfACallThatIsAnswered() {
        assertThat(time.within(ENOUGH, "look", () -> 7)).isEqualTo(7);
        assertEnded("look", Optional.empty());
    }

    @Test
    void tellsWhyACallFailed() {
        assertThatThrownBy(() -> time.within(ENOUGH, "start it", () -> {
                    throw new OperationFailed(ErrorCode.CONTAINER_START_FAILED, "no such command");
                }))
                .hasMessage("no such command");
        assertEnded("start it", Optional.of(ErrorCode.CONTAINER_START_FAILED));
    }

    @Test
    void tellsOfACallWhoseTimeWasOver() {
        CountDownLatch never = new CountDownLatch(1);

        assertThatThrownBy(() -> time.within(Duration.ofMillis(20), "stop it", () -> {
                    try {
                        never.await();
                    } catch (InterruptedException leftAlone) {
                        Thread.currentThread().interrupt();
                    }
                    return 7;
                }))
                .hasMessage("the engine did not stop it within 20 ms");
        assertEnded("stop it", Optional.of(ErrorCode.HOST_UNREACHABLE));
        assertThat(ended.getFirst().took()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
    }

    @Test
    void tellsOfNoCallThatWasNotMade() {
        TimeLimit over = new TimeLimit(threads, () -> Duration.ZERO, ended::add);

        assertThatThrownBy(() -> over.within(ENOUGH, "look", () -> 7)).hasMessage("no time left to look");
        assertThat(ended).isEmpty();
    }

    @Test
    void tellsOfALongCallThatItsCallerBreaksOff() {
        assertThatThrownBy(() -> time.told("pull the image", () -> {
                    throw new IllegalStateException("a stop was requested");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertEnded("pull the image", Optional.of(ErrorCode.INTERNAL));
    }

    private void assertEnded(String what, Optional<ErrorCode> failure) {
        assertThat(ended).singleElement().satisfies(call -> {
            assertThat(call.what()).isEqualTo(what);
            assertThat(call.failure()).isEqualTo(failure);
        });
    }
}
