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

    @Test
    void whatIsDueIsToldWithItsTime() {
        assertThat(whatIsDue(RuntimeStatus.RUNNING)).contains(new Due(SINCE.plus(IDLE), Due.What.STOP));
        assertThat(whatIsDue(RuntimeStatus.STOPPED)).contains(new Due(SINCE.plus(KEPT), Due.What.CLEANUP));
        assertThat(whatIsDue(RuntimeStatus.FAILED)).contains(new Due(SINCE.plus(KEPT), Due.What.CLEANUP));
    }

    @Test
    void aGameThatIsToBeStartedAgainIsDueAtOnceAndNotForItsCleanup() {
        RuntimeRecord ended = record(RuntimeStatus.RUNNING).ended(new Exit(Optional.of(1), false, SINCE));
        RuntimeSpec spec = spec(RestartPolicy.ON_FAILURE, Optional.of(IDLE), Optional.of(KEPT));

        assertThat(Due.of(Optional.of(ended), Optional.of(spec), SINCE)).contains(new Due(SINCE, Due.What.RESTART));
        assertThat(Due.of(Optional.of(ended.toBeStopped()), Optional.of(spec), SINCE))
                .contains(new Due(SINCE.plus(KEPT), Due.What.CLEANUP));
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

    private static Optional<Due> whatIsDue(RuntimeStatus status) {
        return Due.of(Optional.of(record(status)), Optional.of(spec(Optional.of(IDLE), Optional.of(KEPT))), SINCE);
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
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static RuntimeSpec spec(Optional<Duration> autoStopAfter, Optional<Duration> retainFor) {
        return spec(RestartPolicy.NEVER, autoStopAfter, retainFor);
    }

    private static RuntimeSpec spec(
            RestartPolicy restart, Optional<Duration> autoStopAfter, Optional<Duration> retainFor) {
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
                restart,
                autoStopAfter,
                retainFor,
                Map.of(),
                Optional.empty(),
                false,
                Map.of());
    }
}
