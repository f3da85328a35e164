package dev.berth.cli;

import static dev.berth.cli.LogSamples.GAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.berth.cli.LogSamples.Table;
import dev.berth.model.LoggedEntry;
import dev.berth.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogFollowerTest {
    private final List<LoggedEntry> written = LogSamples.chain(GAME, 5);
    private final List<LoggedEntry> there = new ArrayList<>(written.subList(0, 3));
    private final List<Long> told = new ArrayList<>();

    @Test
    void handsOverEachEntryOnceAsItComes() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new LogFollower(new Table(there), oneEntryAPause())
                        .follow(GAME, 2, entry -> told.add(entry.seq())))
                .withMessage("enough");

        assertThat(told).containsExactly(3L, 4L, 5L);
    }

    /** In each pause an entry is written; when there are no more, the process ends. */
    private Clock oneEntryAPause() {
        return new Clock() {
            @Override
            public Instant now() {
                return Samples.NOW;
            }

            @Override
            public void pause(Duration duration) {
                if (there.size() == written.size()) {
                    throw new IllegalStateException("enough");
                }
                there.add(written.get(there.size()));
            }
        };
    }
}
