package dev.berth.operation;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import dev.berth.model.Request;
import dev.berth.port.Telemetry.Cause;
import java.time.Instant;
import java.util.function.Function;

/**
 * What is asked of a game, and the circumstances.
 *
 * @param claimKey under which its result is kept: its job id, or a key of its own where that id is known with other
 *     content
 * @param course what is done once the game is held
 */
record Asked(
        GameId game,
        OpKind kind,
        Request request,
        Delivery delivery,
        By by,
        String claimKey,
        Function<Attempt, Ending> course) {

    /** Who asks. */
    enum By {
        /** A message that is of the contract's form. */
        JOB,
        /** A message that is to be refused. */
        INVALID_JOB,
        /** Nobody who waits for an answer: a sweep, or the reconcile of a host. */
        OURSELVES
    }

    static Asked of(
            GameId game, OpKind kind, Request request, Delivery delivery, By by, Function<Attempt, Ending> course) {
        return new Asked(game, kind, request, delivery, by, request.job().value(), course);
    }

    Cause cause() {
        return new Cause(request.op(), delivery.trace());
    }

    /** Another job under a known id has a claim of its own, so that its refusal is told once as well. */
    Asked mismatched(Function<Attempt, Ending> refusal) {
        return new Asked(game, kind, request, delivery, By.INVALID_JOB, ownClaimKey(request), refusal);
    }

    static String ownClaimKey(Request request) {
        return request.job().value() + "#" + request.contentHash();
    }

    static OperationFailed mismatch(Request request) {
        return new OperationFailed(
                ErrorCode.IDEMPOTENCY_MISMATCH, "job " + request.job() + " is known with other content");
    }

    /** Whether it is a stop that counts: only such a one ends what somebody else has begun. */
    boolean stops(Instant now) {
        boolean late = request.deadline().filter(now::isAfter).isPresent();
        return by == By.JOB && kind == OpKind.STOP && !late;
    }
}
