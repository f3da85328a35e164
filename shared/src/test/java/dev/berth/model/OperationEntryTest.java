package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OperationEntryTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Optional<Failure> FAILURE = Optional.of(new Failure(ErrorCode.INTERNAL, "why"));

    @Test
    void acceptsAFinishedOperation() {
        assertThat(entry(1, Outcome.SUCCESS, Optional.empty(), NOON).seq()).isEqualTo(1);
        assertThat(entry(2, Outcome.FAILURE, FAILURE, NOON.plusSeconds(1)).failure())
                .isEqualTo(FAILURE);
    }

    @Test
    void refusesANumberBelowOne() {
        assertRefused("seq must be 1 or more", 0, Outcome.SUCCESS, Optional.empty(), NOON);
        assertRefused("seq must be 1 or more", -1, Outcome.SUCCESS, Optional.empty(), NOON);
    }

    @Test
    void refusesAnEndBeforeTheStart() {
        assertRefused(
                "finished_at must not be before started_at", 1, Outcome.SUCCESS, Optional.empty(), NOON.minusMillis(1));
    }

    @Test
    void refusesAFailureWithoutACode() {
        assertRefused("error_code is required for a failure", 1, Outcome.FAILURE, Optional.empty(), NOON);
    }

    @Test
    void refusesASuccessWithACode() {
        assertRefused("error_code must be absent for a success", 1, Outcome.SUCCESS, FAILURE, NOON);
    }

    private static void assertRefused(
            String why, long seq, Outcome outcome, Optional<Failure> failure, Instant finishedAt) {
        assertThatThrownBy(() -> entry(seq, outcome, failure, finishedAt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }

    private static OperationEntry entry(long seq, Outcome outcome, Optional<Failure> failure, Instant finishedAt) {
        JobId job = new JobId("job-1");
        return new OperationEntry(
                new GameId("match-42"),
                seq,
                OpId.of(job),
                job,
                OpKind.START,
                OpSource.LOBBY_STREAM,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Fence(1),
                outcome,
                Effect.CHANGED,
                failure,
                NOON,
                finishedAt,
                Optional.empty(),
                LogHead.GENESIS);
    }
}
