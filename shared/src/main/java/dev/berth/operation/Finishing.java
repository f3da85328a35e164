package dev.berth.operation;

import dev.berth.action.Deployment;
import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.JobResult;
import dev.berth.model.LogHead;
import dev.berth.model.OperationFailed;
import dev.berth.model.Outcome;
import dev.berth.port.Commit;
import dev.berth.port.Telemetry;
import dev.berth.port.Telemetry.Cause;
import java.time.Duration;
import java.util.Optional;

/** Ends the work on a held game: commits what it came to and publishes the result, or lets the game go. */
final class Finishing {
    private final World world;
    private final Catalogue catalogue;

    Finishing(World world, Catalogue catalogue) {
        this.world = world;
        this.catalogue = catalogue;
    }

    /** @param keepLease whether the attempt goes on with the game, if this has come to a conclusion */
    Verdict end(Attempt attempt, Ending ending, String claimKey, boolean keepLease) {
        return switch (ending) {
            case Ending.Concluded(Conclusion conclusion) -> commit(attempt, conclusion, claimKey, keepLease);
            case Ending.Left(var instead) -> {
                attempt.held().release(Optional.empty());
                yield new Verdict.Nothing(instead);
            }
            case Ending.Suspended(RuntimeException failure) -> {
                if (failure instanceof Attempt.FinishedBefore finished) {
                    throw finished;
                }
                letGo(attempt.held(), attempt.left(), failure);
                yield giveBack(attempt.cause(), failure);
            }
        };
    }

    private Verdict commit(Attempt attempt, Conclusion conclusion, String claimKey, boolean keepLease) {
        boolean logged = attempt.game().known() || conclusion.effect() != Effect.NOOP;
        Commit commit = Bookkeeping.commit(attempt, conclusion, claimKey, logged, keepLease);
        if (attempt.held().commit(commit)) {
            return publish(commit.claim().orElseThrow().result(), attempt.held().delivery(), false);
        }
        String own = Asked.ownClaimKey(attempt.request());
        if (attempt.game().deployment().isEmpty() || claimKey.equals(own)) {
            throw new Attempt.FinishedBefore();
        }
        // While it was done, a job with the same id and other content was finished on another game.
        OperationFailed mismatch = Asked.mismatch(attempt.request());
        Ending undone = conclusion.outcome() == Outcome.FAILURE
                ? new Ending.Concluded(conclusion)
                : catalogue.takeUp(attempt.game().deployment().get(), Optional.of(mismatch), attempt);
        return end(attempt, failedBy(undone, Failure.of(mismatch)), own, keepLease);
    }

    /**
     * Of a game that does not fit its log nothing is touched, what is open on it included: only the job is answered, if
     * anybody waits for that.
     */
    Verdict leaveAlone(Attempt attempt, LogHead endOfLog, Asked asked) {
        Failure why = new Failure(
                ErrorCode.LOG_CORRUPT,
                "the log ends with entry " + endOfLog.seq() + ", which is not the head that the game knows: entry "
                        + attempt.game().head().seq());
        try {
            // A job that has begun is finished once the game is in order, and answered then.
            boolean begun = attempt.game()
                    .deployment()
                    .filter(open -> open.id().equals(attempt.request().op().value()))
                    .isPresent();
            if (asked.by() == Asked.By.OURSELVES || begun) {
                attempt.held().release(attempt.game().deployment());
                return new Verdict.GiveBack(why, Optional.empty());
            }
            Commit answer = Bookkeeping.answer(attempt, why, asked.claimKey());
            if (attempt.held().commit(answer)) {
                return publish(answer.claim().orElseThrow().result(), asked.delivery(), false);
            }
            // It was finished meanwhile; that result is found when the message comes again.
            attempt.held().release(attempt.game().deployment());
            return new Verdict.GiveBack(why, Optional.of(Duration.ZERO));
        } catch (OperationFailed failure) {
            letGo(attempt.held(), Optional.empty(), failure);
            return giveBack(attempt.cause(), failure);
        }
    }

    private static Ending failedBy(Ending ending, Failure why) {
        return switch (ending) {
            case Ending.Concluded(Conclusion conclusion) -> new Ending.Concluded(conclusion.failedBy(why));
            case Ending.Left left -> left;
            case Ending.Suspended suspended -> suspended;
        };
    }

    Verdict publish(JobResult result, Delivery delivery, boolean replayed) {
        world.results().publish(result, delivery.trace());
        return new Verdict.Done(result, replayed);
    }

    /** The message is given back; what nobody thought of is told in full. */
    Verdict giveBack(Cause cause, RuntimeException failure) {
        Failure why = Failures.of(failure);
        if (why.code() == ErrorCode.INTERNAL) {
            world.telemetry().tell(new Telemetry.Defect(cause, failure));
        }
        return new Verdict.GiveBack(why, Optional.empty());
    }

    /**
     * Gives the lease back, if it is still ours.
     *
     * @param deployment as it is to stay; as it is kept where this is empty, for a commit whose answer was lost may
     *     have closed it
     */
    static void letGo(HeldGame held, Optional<Deployment> deployment, RuntimeException failure) {
        if (Failures.of(failure).code() == ErrorCode.LEASE_LOST) {
            return;
        }
        try {
            held.release(deployment);
        } catch (OperationFailed unreleased) {
            // The lease runs out by itself; what went wrong first is what counts.
            failure.addSuppressed(unreleased);
        }
    }
}
