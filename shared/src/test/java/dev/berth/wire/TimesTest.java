package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z            , 2026-01-31T12:00:00.000Z",
        "2026-01-31T12:00Z               , 2026-01-31T12:00:00.000Z",
        "2026-01-31T12:00:00.1Z          , 2026-01-31T12:00:00.100Z",
        "2026-01-31T12:00:00.123456789Z  , 2026-01-31T12:00:00.123Z",
        "2026-01-31T12:00:00+02:00       , 2026-01-31T10:00:00.000Z",
        "2026-01-31T00:30:00.5-01:00     , 2026-01-31T01:30:00.500Z",
        "2024-02-29T23:59:59.999Z        , 2024-02-29T23:59:59.999Z",
        "1969-12-31T23:59:59.9999Z       , 1969-12-31T23:59:59.999Z",
        "+12345-01-01T00:00:00Z          , +12345-01-01T00:00:00.000Z",
    })
    void readsInstantsAndWritesThemInUtcWithMilliseconds(String text, String written) {
        assertThat(Times.write(Times.instant(text))).isEqualTo(written);
        assertThat(Times.instant(written)).isEqualTo(Times.instant(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "1769860800000",
                "2026-01-31",
                "2026-01-31T12:00:00",
                "2026-01-31 12:00:00Z",
                "2026-02-30T12:00:00Z",
                "2025-02-29T12:00:00Z",
                "2026-01-31T24:00:01Z",
                "2026-01-31T12:60:00Z",
                "2026-01-31T12:00:00Z ",
                "26-01-31T12:00:00Z",
                "2026-01-31T12:00:00+99:00",
                "+999999999-12-31T23:59:59.999999999Z",
                "+9999999999-12-31T23:59:59Z",
            })
    void refusesOtherInstants(String text) {
        assertThatThrownBy(() -> Times.instant(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be an ISO-8601 instant such as 2026-01-31T12:00:00Z");
    }

    @Test
    void readsBackEveryInstantThatItWrites() {
        Random random = new Random(60);
        for (int i = 0; i < 10_000; i++) {
            Instant instant = Instant.ofEpochMilli(random.nextLong(-62_135_596_800_000L, 253_402_300_800_000L));
            assertThat(Times.instant(Times.write(instant))).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1s, PT1S",
        "90s, PT1M30S",
        "30m, PT30M",
        "24h, PT24H",
        "366d, PT8784H",
        "007s, PT7S",
        "PT90S, PT1M30S",
        "pt5m, PT5M",
        "P1DT2H, PT26H",
        "PT0.001S, PT0.001S",
        "P366D, PT8784H",
    })
    void readsDurations(String text, Duration duration) {
        assertThat(Times.duration(text)).isEqualTo(duration);
        assertThat(Times.duration(duration.toString())).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "s", "1w", "1 h", "1.5h", "-1s", "1H", "P1M", "PT", "24hours", "9999999999s", "1s\n"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Times.duration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be an ISO-8601 duration, or one such as 90s, 30m, 24h");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0s",
                "PT0S",
                "PT-1S",
                "-PT1S",
                "367d",
                "999999999d",
                "P366DT0.000000001S",
                "PT9223372036854775807S"
            })
    void refusesDurationsThatAreNoneOrLongerThanAYear(String text) {
        assertThatThrownBy(() -> Times.duration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be more than zero and at most 366 days");
    }
}
