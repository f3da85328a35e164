package dev.berth.operation;

import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.Outcome;

/** What a job means for a game as it is. */
sealed interface Plan<S> {
    /** There is something to do, beginning with this state. */
    record Act<S>(S state) implements Plan<S> {}

    /** What was asked for is so already. */
    record Nothing<S>() implements Plan<S> {}

    /** It cannot be done; nothing was touched. The outcome is always {@link Outcome#FAILURE}. */
    record Refuse<S>(Failure why) implements Plan<S> {}

    static <S> Plan<S> refuse(ErrorCode code, String text) {
        return new Refuse<>(new Failure(code, text));
    }
}
