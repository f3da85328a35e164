package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Desired;
import dev.berth.model.ErrorCode;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.StopReason;
import org.junit.jupiter.api.Test;

final class RecordTextTest {
    private static final RuntimeRecord RUNNING = Samples.runningOn("host-1");

    @Test
    void saysNoMoreThanThereIsToSay() {
        assertThat(text(RUNNING)).isEqualTo("running");
        assertThat(text(RUNNING.stopped(Samples.exit(0, false), StopReason.FINISHED)))
                .isEqualTo("stopped");
        assertThat(text(RUNNING.lost())).isEqualTo("lost");
    }

    @Test
    void tellsHowAContainerEndedThatShouldNotHave() {
        assertThat(text(RUNNING.ended(Samples.exit(1, false)))).isEqualTo("failed, exit code 1");
        assertThat(text(RUNNING.ended(Samples.exit(137, true)))).isEqualTo("failed, out of memory, exit code 137");
    }

    @Test
    void tellsWhyAStartFailed() {
        assertThat(text(RUNNING.failed(ErrorCode.CONTAINER_UNHEALTHY))).isEqualTo("failed, container_unhealthy");
    }

    @Test
    void tellsWhatIsAskedForAndNotDoneYet() {
        assertThat(text(RUNNING.wanted(Desired.STOPPED))).isEqualTo("running, to be stopped");
        assertThat(text(RUNNING.stopped(Samples.exit(0, false), StopReason.FINISHED)
                        .wanted(Desired.REMOVED)))
                .isEqualTo("stopped, to be removed");
    }

    private static String text(RuntimeRecord record) {
        return new RecordText(record).status();
    }
}
