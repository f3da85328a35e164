package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogPointTest {
    private static final Instant NOW = Samples.NOW;

    @Test
    void readsTheNumberOfAnEntry() {
        assertThat(LogPoint.parse("12", NOW)).isEqualTo(new LogPoint.Entry(12));
    }

    @Test
    void readsAnInstant() {
        assertThat(LogPoint.parse("2026-01-30T12:00:00+01:00", NOW))
                .isEqualTo(new LogPoint.Time(Instant.parse("2026-01-30T11:00:00Z")));
    }

    @Test
    void readsHowLongAgoItWas() {
        assertThat(LogPoint.time("24h", NOW)).isEqualTo(NOW.minus(Duration.ofDays(1)));
        assertThat(LogPoint.parse("90s", NOW)).isEqualTo(new LogPoint.Time(NOW.minusSeconds(90)));
        assertThat(LogPoint.time("PT5M", NOW)).isEqualTo(NOW.minusSeconds(300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "-1", "-5m", "2026-31-01T00:00:00Z", "1.5"})
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LogPoint.parse(text, NOW));
    }
}
