package dev.berth.operation;

import dev.berth.action.Action;
import dev.berth.action.Deployment;
import dev.berth.action.ExecutionStopped;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.Job;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import dev.berth.model.Request;
import dev.berth.model.SettleJob;
import dev.berth.model.WireName;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Games.Acquisition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Leads each job from its lease to its result: take the game, finish what a dead attempt left open, do the job, commit,
 * publish.
 */
public final class Operations {
    private final World world;
    private final Catalogue catalogue;
    private final Finishing finishing;

    public Operations(World world) {
        this(world, UnaryOperator.identity());
    }

    /** @param changed extends the actions before they are registered */
    Operations(World world, UnaryOperator<Action<Attempt, ?>> changed) {
        this.world = world;
        this.catalogue = new Catalogue(changed);
        this.finishing = new Finishing(world, catalogue);
    }

    /** Does the job. Never throws: whatever goes wrong ends in a result, or in the message being given back. */
    public Verdict perform(Job job, Delivery delivery) {
        return guarded(Asked.of(
                job.game(),
                job.kind(),
                job.request(),
                delivery,
                job instanceof SettleJob ? Asked.By.OURSELVES : Asked.By.JOB,
                attempt -> refusal(attempt)
                        .<Ending>map(Ending.Concluded::new)
                        .orElseGet(() -> catalogue.begin(job, attempt))));
    }

    /** Answers a job that cannot be done because its message is not of the contract's form. */
    public Verdict refuse(GameId game, OpKind kind, Request request, Failure why, Delivery delivery) {
        return guarded(Asked.of(game, kind, request, delivery, Asked.By.INVALID_JOB, attempt -> refused(attempt, why)));
    }

    /**
     * Finishes what a dead attempt left open on a game, if nobody else is at it.
     *
     * @param open as it was seen without the lease
     */
    Verdict recover(GameId game, Deployment open, Delivery delivery) {
        OpKind kind = WireName.parse(OpKind.class, open.action());
        return guarded(Asked.of(
                game,
                kind,
                Catalogue.opener(open),
                delivery,
                Asked.By.OURSELVES,
                _ -> new Ending.Left(Optional.empty())));
    }

    private static Ending refused(Attempt attempt, Failure why) {
        return new Ending.Concluded(Conclusion.refused(attempt.game(), why, false));
    }

    // --- the course of every job ---

    private Verdict guarded(Asked asked) {
        OperationTelling telling = new OperationTelling(world, asked);
        Verdict verdict;
        try {
            verdict = lead(asked, telling);
        } catch (RuntimeException failure) {
            verdict = finishing.giveBack(asked.cause(), failure);
        }
        telling.ended(verdict);
        return verdict;
    }

    private Verdict lead(Asked asked, OperationTelling telling) {
        Acquisition acquisition = acquire(asked, telling);
        if (acquisition instanceof Acquisition.Finished(FinishedJob known) && !isOf(known, asked)) {
            Failure mismatch = Failure.of(Asked.mismatch(asked.request()));
            Asked other = asked.mismatched(attempt -> refused(attempt, mismatch));
            return goOn(other, acquire(other, telling), telling);
        }
        return goOn(asked, acquisition, telling);
    }

    private Acquisition acquire(Asked asked, OperationTelling telling) {
        Duration time = HeldGame.leaseTime(world.clock().now(), asked.delivery().endsAt());
        return telling.acquiring(() -> world.games().acquire(asked.game(), asked.claimKey(), time));
    }

    private static boolean isOf(FinishedJob known, Asked asked) {
        return known.contentHash().equals(asked.request().contentHash());
    }

    private Verdict goOn(Asked asked, Acquisition acquisition, OperationTelling telling) {
        return switch (acquisition) {
            case Acquisition.Finished(FinishedJob known) -> finishing.publish(known.result(), asked.delivery(), true);
            case Acquisition.Busy(Instant until) -> busy(asked, until);
            case Acquisition.Held acquired -> {
                HeldGame held = new HeldGame(
                        world.games(), world.clock(), asked.delivery(), telling, acquired.lease(), acquired.game());
                yield acquired.fitsItsLog()
                        ? held(asked, held)
                        : finishing.leaveAlone(attempt(asked, held), acquired.endOfLog(), asked);
            }
        };
    }

    private Verdict busy(Asked asked, Instant until) {
        Instant now = world.clock().now();
        if (asked.stops(now)) {
            world.games().requestStop(asked.game(), asked.request().requestedAt());
        }
        Duration rest = Duration.between(now, until);
        return new Verdict.GiveBack(
                new Failure(ErrorCode.LEASE_HELD, "another operation holds the game until " + until),
                Optional.of(rest.isNegative() ? Duration.ZERO : rest));
    }

    private Verdict held(Asked asked, HeldGame held) {
        try {
            Optional<Deployment> open = held.game().deployment();
            if (open.isPresent()) {
                boolean own = isOwn(open.get(), asked);
                Verdict settled = settle(asked, held, open.get(), own);
                if (own || settled instanceof Verdict.GiveBack) {
                    return settled;
                }
            }
            Attempt attempt = attempt(asked, held);
            return finishing.end(attempt, take(asked, attempt), asked.claimKey(), false);
        } catch (Attempt.FinishedBefore raced) {
            Finishing.letGo(held, Optional.empty(), raced);
            return world.games()
                    .finished(asked.claimKey())
                    .filter(known -> isOf(known, asked))
                    .map(known -> finishing.publish(known.result(), asked.delivery(), true))
                    .orElseGet(() -> new Verdict.GiveBack(
                            Failure.of(Asked.mismatch(asked.request())), Optional.of(Duration.ZERO)));
        } catch (RuntimeException failure) {
            Finishing.letGo(held, Optional.empty(), failure);
            return finishing.giveBack(asked.cause(), failure);
        }
    }

    private Attempt attempt(Asked asked, HeldGame held) {
        return new Attempt(
                world, held, asked.request(), asked.kind(), asked.delivery().last());
    }

    private static boolean isOwn(Deployment open, Asked asked) {
        return open.id().equals(asked.request().op().value())
                && Catalogue.opener(open).contentHash().equals(asked.request().contentHash());
    }

    /** Finishes what a dead attempt left open: ours, or somebody else's before we begin. */
    private Verdict settle(Asked asked, HeldGame held, Deployment open, boolean own) {
        Request opener = own ? asked.request() : Catalogue.opener(open);
        OpKind kind = WireName.parse(OpKind.class, open.action());
        // What reconcile takes away is found again: no other job waits for a host that does not let go of it.
        boolean last = asked.delivery().last() || (!own && kind == OpKind.RECONCILE_DISPOSE);
        Attempt attempt = new Attempt(world, held, opener, kind, last);
        boolean end = !own
                && kind.yieldsToStop()
                && asked.stops(world.clock().now())
                && !asked.request().requestedAt().isBefore(opener.requestedAt());
        Optional<ExecutionStopped> why = end ? Optional.of(new ExecutionStopped()) : Optional.empty();
        return finishing.end(
                attempt, catalogue.takeUp(open, why, attempt), opener.job().value(), !own);
    }

    /** Of a failure outside of any deployment, the last delivery makes a result. */
    private static Ending take(Asked asked, Attempt attempt) {
        try {
            return asked.course().apply(attempt);
        } catch (OperationFailed failure) {
            boolean kept = failure.code() == ErrorCode.LEASE_LOST || failure.code() == ErrorCode.STORE_UNAVAILABLE;
            if (kept || (failure.code().retried() && !asked.delivery().last())) {
                throw failure;
            }
            return refused(attempt, Failure.of(failure));
        }
    }

    /** What forbids any job that is of the contract's form, whatever it asks for. */
    private Optional<Conclusion> refusal(Attempt attempt) {
        Instant now = world.clock().now();
        return attempt.request()
                .deadline()
                .filter(now::isAfter)
                .map(deadline -> Conclusion.refused(
                        attempt.game(),
                        new Failure(ErrorCode.DEADLINE_EXCEEDED, "found after its deadline, " + deadline),
                        false));
    }
}
