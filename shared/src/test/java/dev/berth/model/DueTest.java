package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DueTest {
    private static final Instant SINCE = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration KEPT = Duration.ofDays(7);

    @Test
    void aRunningGameIsToBeStoppedWhenItHasBeenIdleForLongEnough() {
        assertThat(due(RuntimeStatus.RUNNING, Optional.of(IDLE), Optional.of(KEPT)))
                .contains(SINCE.plus(IDLE));
    }

    @Test
    void aRunningGameThatMayBeIdleIsNeverDue() {
        assertThat(due(RuntimeStatus.RUNNING, Optional.empty(), Optional.of(KEPT)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = RuntimeStatus.class,
            names = {"STOPPED", "FAILED"})
    void whatIsLeftOfAGameIsToBeCleanedUpWhenItHasBeenKeptForLongEnough(RuntimeStatus status) {
        assertThat(due(status, Optional.of(IDLE), Optional.of(KEPT))).contains(SINCE.plus(KEPT));
        assertThat(due(status, Optional.of(IDLE), Optional.empty())).contains(SINCE.plus(Limits.RETENTION));
        assertThat(Due.at(Optional.of(record(status)), Optional.empty(), SINCE)).contains(SINCE.plus(Limits.RETENTION));
    }

    @ParameterizedTest
    @EnumSource(
            value = RuntimeStatus.class,
            names = {"LOST", "REMOVED"})
    void nothingIsDueOfAGameOfWhichNothingIsThere(RuntimeStatus status) {
        assertThat(due(status, Optional.of(IDLE), Optional.of(KEPT))).isEmpty();
    }

    @Test
    void nothingIsDueOfAGameWithoutARecord() {
        assertThat(Due.at(Optional.empty(), Optional.of(spec(Optional.of(IDLE), Optional.of(KEPT))), SINCE))
                .isEmpty();
    }

    private static Optional<Instant> due(
            RuntimeStatus status, Optional<Duration> autoStopAfter, Optional<Duration> retainFor) {
        return Due.at(Optional.of(record(status)), Optional.of(spec(autoStopAfter, retainFor)), SINCE);
    }

    private static RuntimeRecord record(RuntimeStatus status) {
        return new RuntimeRecord(
                status,
                Desired.RUNNING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static RuntimeSpec spec(Optional<Duration> autoStopAfter, Optional<Duration> retainFor) {
        return new RuntimeSpec(
                RuntimeSpec.DEFAULT_RESOURCES,
                Optional.empty(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RestartPolicy.NEVER,
                autoStopAfter,
                retainFor,
                Map.of(),
                Optional.empty(),
                false,
                Map.of());
    }
}
