package dev.berth.operation;

import dev.berth.action.Ended;
import dev.berth.action.ExecutionStopped;
import dev.berth.action.Supervisor.Judgement;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.OperationFailed;
import dev.berth.model.WireName;

/** What failures of steps mean: in the terms of the contract, and for the execution that they happen in. */
final class Failures {
    private Failures() {}

    static Failure of(RuntimeException failure) {
        return switch (failure) {
            case OperationFailed failed -> Failure.of(failed);
            case ExecutionStopped stopped ->
                new Failure(ErrorCode.EXECUTION_STOPPED, "a stop was requested while it ran");
            default -> new Failure(ErrorCode.INTERNAL, failure.toString());
        };
    }

    /** @param last whether it will not be tried again */
    static Judgement judge(RuntimeException failure, boolean last) {
        Failure told = of(failure);
        return new Judgement(kind(failure, told.code(), last), told.code().wire(), told.text());
    }

    private static Judgement.Kind kind(RuntimeException failure, ErrorCode code, boolean last) {
        if (code == ErrorCode.LEASE_LOST || failure instanceof Attempt.FinishedBefore) {
            return Judgement.Kind.ABANDON;
        }
        if (code == ErrorCode.STORE_UNAVAILABLE) {
            // Without the store nothing can be undone, and what an opening came to is unknown.
            return Judgement.Kind.SUSPEND;
        }
        return code.retried() && !last ? Judgement.Kind.SUSPEND : Judgement.Kind.UNDO;
    }

    /** Why something was undone: in full where it failed in this attempt, or as it was kept of an earlier one. */
    static Failure of(Ended.Undone<?> how) {
        String text = how.failure() instanceof OperationFailed failed
                ? failed.text()
                : how.cause().text();
        return new Failure(WireName.parse(ErrorCode.class, how.cause().code()), text);
    }
}
