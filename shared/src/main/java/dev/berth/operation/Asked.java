package dev.berth.operation;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import dev.berth.model.Request;
import java.time.Instant;
import java.util.function.Function;

/**
 * What is asked of a game, and the circumstances.
 *
 * @param valid whether somebody asks for it in the contract's form, so that a stop may end what runs
 * @param claimKey under which its result is kept: its job id, or a key of its own where that id is known with other
 *     content
 * @param course what is done once the game is held
 */
record Asked(
        GameId game,
        OpKind kind,
        Request request,
        Delivery delivery,
        boolean valid,
        String claimKey,
        Function<Attempt, Ending> course) {

    static Asked of(
            GameId game,
            OpKind kind,
            Request request,
            Delivery delivery,
            boolean valid,
            Function<Attempt, Ending> course) {
        return new Asked(game, kind, request, delivery, valid, request.job().value(), course);
    }

    /** Another job under a known id has a claim of its own, so that its refusal is told once as well. */
    Asked mismatched(Function<Attempt, Ending> refusal) {
        return new Asked(game, kind, request, delivery, false, ownClaimKey(request), refusal);
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
        return valid && kind == OpKind.STOP && !late;
    }
}
