package dev.berth.operation;

import dev.berth.action.Deployment;
import dev.berth.action.Ended;
import dev.berth.action.Execution;
import dev.berth.action.ExecutionStopped;
import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.Job;
import dev.berth.model.JobResult;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import dev.berth.model.Request;
import dev.berth.model.StartJob;
import dev.berth.model.StopJob;
import dev.berth.model.WireName;
import dev.berth.port.Commit;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Telemetry;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import dev.berth.wire.JobJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Leads each job from its lease to its result: take the game, finish what a dead attempt left open, do the job, commit,
 * publish.
 */
public final class Operations {
    private final World world;
    private final StartRuntime start = new StartRuntime();
    private final StopRuntime stop = new StopRuntime();

    public Operations(World world) {
        this.world = world;
    }

    /** Does the job. Never throws: whatever goes wrong ends in a result, or in the message being given back. */
    public Verdict perform(Job job, Delivery delivery) {
        return guarded(job.game(), job.kind(), job.request(), delivery, attempt -> plan(job, attempt));
    }

    /** Answers a job that cannot be done because its message is not of the contract's form. */
    public Verdict refuse(GameId game, OpKind kind, Request request, Failure why, Delivery delivery) {
        return guarded(game, kind, request, delivery, attempt -> conclude(Conclusion.refused(attempt.game(), why, false)));
    }

    /** What is done with a game once it is held: comes to a conclusion, or to the failure for which to try again. */
    private interface Course extends Function<Attempt, Ending> {}

    /** How the work on a held game ended. */
    private sealed interface Ending {
        record Concluded(Conclusion conclusion) implements Ending {}

        record Suspended(RuntimeException failure) implements Ending {}
    }

    private static Ending conclude(Conclusion conclusion) {
        return new Ending.Concluded(conclusion);
    }

    // --- the course of every job ---

    private Verdict guarded(GameId game, OpKind kind, Request request, Delivery delivery, Course course) {
        Instant began = world.clock().now();
        Verdict verdict;
        try {
            verdict = lead(game, kind, request, delivery, course);
        } catch (RuntimeException failure) {
            verdict = giveBack(failure);
        }
        tell(game, kind, request, verdict, Duration.between(began, world.clock().now()));
        return verdict;
    }

    private Verdict lead(GameId game, OpKind kind, Request request, Delivery delivery, Course course) {
        Duration leaseTime = HeldGame.leaseTime(world.clock().now(), delivery.endsAt());
        String claimKey = request.job().value();
        Acquisition acquisition = world.games().acquire(game, claimKey, leaseTime);
        if (acquisition instanceof Acquisition.Finished(FinishedJob known)
                && !known.contentHash().equals(request.contentHash())) {
            // Another job under a known id has a claim of its own, so that its refusal is told once as well.
            claimKey = claimKey + "#" + request.contentHash();
            acquisition = world.games().acquire(game, claimKey, leaseTime);
            Failure mismatch = new Failure(
                    ErrorCode.IDEMPOTENCY_MISMATCH, "job " + request.job() + " is known with other content");
            course = attempt -> conclude(Conclusion.refused(attempt.game(), mismatch, false));
        }
        return switch (acquisition) {
            case Acquisition.Finished(FinishedJob known) -> publish(known.result());
            case Acquisition.Busy(Instant until) -> busy(game, kind, request, until);
            case Acquisition.Held(var lease, var held) ->
                held(
                        new HeldGame(world.games(), world.clock(), delivery.endsAt(), lease, held),
                        kind,
                        request,
                        delivery,
                        claimKey,
                        course);
        };
    }

    private Verdict busy(GameId game, OpKind kind, Request request, Instant until) {
        if (kind == OpKind.STOP) {
            world.games().requestStop(game, request.requestedAt());
        }
        Duration rest = Duration.between(world.clock().now(), until);
        return new Verdict.GiveBack(
                new Failure(ErrorCode.LEASE_HELD, "another operation holds the game until " + until),
                Optional.of(rest.isNegative() ? Duration.ZERO : rest));
    }

    private Verdict held(
            HeldGame held, OpKind kind, Request request, Delivery delivery, String claimKey, Course course) {
        try {
            Optional<Deployment> open = held.game().deployment();
            if (open.isPresent()) {
                boolean own = open.get().id().equals(request.op().value());
                Verdict settled = settle(held, open.get(), own, kind, request, delivery);
                if (own || settled instanceof Verdict.GiveBack) {
                    return settled;
                }
            }
            Attempt attempt = new Attempt(world, held, request, kind, delivery.last());
            Ending ending = refusal(attempt).map(Operations::conclude).orElseGet(() -> take(course, attempt, delivery));
            return end(attempt, ending, claimKey, false);
        } catch (Attempt.FinishedBefore raced) {
            letGo(held, Optional.empty(), raced);
            return world.games()
                    .finished(claimKey)
                    .map(known -> publish(known.result()))
                    .orElseGet(() -> giveBack(raced));
        } catch (RuntimeException failure) {
            letGo(held, held.game().deployment(), failure);
            return giveBack(failure);
        }
    }

    /** Of a failure outside of any deployment, the last delivery makes a result. */
    private static Ending take(Course course, Attempt attempt, Delivery delivery) {
        try {
            return course.apply(attempt);
        } catch (OperationFailed failure) {
            boolean kept = failure.code() == ErrorCode.LEASE_LOST || failure.code() == ErrorCode.STORE_UNAVAILABLE;
            if (kept || (failure.code().retried() && !delivery.last())) {
                throw failure;
            }
            return conclude(Conclusion.refused(attempt.game(), Failure.of(failure), false));
        }
    }

    /** Gives the lease back, if it is still ours. */
    private static void letGo(HeldGame held, Optional<Deployment> deployment, RuntimeException failure) {
        if (Attempt.failureOf(failure).code() == ErrorCode.LEASE_LOST) {
            return;
        }
        try {
            held.release(deployment);
        } catch (OperationFailed unreleased) {
            // The lease runs out by itself; what went wrong first is what counts.
            failure.addSuppressed(unreleased);
        }
    }

    /** What forbids any job, whatever it asks for. */
    private Optional<Conclusion> refusal(Attempt attempt) {
        Request request = attempt.request();
        Instant now = world.clock().now();
        if (request.deadline().filter(now::isAfter).isPresent()) {
            return Optional.of(Conclusion.refused(
                    attempt.game(),
                    new Failure(ErrorCode.DEADLINE_EXCEEDED, "found after its deadline, " + request.deadline().get()),
                    false));
        }
        if (attempt.game().lastRequestedAt().filter(request.requestedAt()::isBefore).isPresent()) {
            return Optional.of(Conclusion.refused(
                    attempt.game(),
                    new Failure(
                            ErrorCode.SUPERSEDED,
                            "a request of " + attempt.game().lastRequestedAt().get() + " was applied already"),
                    false));
        }
        return Optional.empty();
    }

    private Ending plan(Job job, Attempt attempt) {
        return switch (job) {
            case StartJob asked -> act(start, start.plan(asked, attempt), attempt);
            case StopJob asked -> act(stop, stop.plan(asked, attempt), attempt);
        };
    }

    private <S> Ending act(Operation<S> operation, Plan<S> plan, Attempt attempt) {
        return switch (plan) {
            case Plan.Refuse<S>(Failure why) ->
                // A stop that overtakes its start leaves its mark on a game that does not exist yet.
                conclude(Conclusion.refused(attempt.game(), why, why.code() == ErrorCode.NOT_FOUND));
            case Plan.Nothing<S> _ -> conclude(Conclusion.nothing(attempt.game()));
            case Plan.Act<S>(S state) -> {
                Deployment fresh = Deployment.of(
                        attempt.request().op().value(),
                        operation.action(),
                        Json.write(JobJson.write(attempt.request())),
                        state,
                        world.clock().now());
                yield ending(operation, Execution.run(operation.action(), fresh, attempt), attempt);
            }
        };
    }

    private <S> Ending ending(Operation<S> operation, Ended<S> ended, Attempt attempt) {
        return switch (ended) {
            case Ended.Completed<S>(S state) -> conclude(operation.completed(state, attempt));
            case Ended.Undone<S> undone -> conclude(operation.undone(undone, attempt));
            case Ended.Suspended<S>(RuntimeException failure) -> new Ending.Suspended(failure);
        };
    }

    // --- what a dead attempt left open ---

    private Verdict settle(
            HeldGame held, Deployment open, boolean own, OpKind kind, Request request, Delivery delivery) {
        Request opener = own ? request : JobJson.readRequest(Fields.of(Json.parse(open.input())));
        OpKind openKind = WireName.parse(OpKind.class, open.action());
        Attempt attempt = new Attempt(world, held, opener, openKind, own && delivery.last());
        boolean stopIt =
                !own && kind == OpKind.STOP && !request.requestedAt().isBefore(opener.requestedAt());
        Ending ending =
                switch (openKind) {
                    case START -> takeUp(start, open, stopIt, attempt);
                    case STOP -> takeUp(stop, open, false, attempt);
                    case RESTART, PATCH, CLEANUP_CONTAINER, RECONCILE_ADOPT, RECONCILE_DISPOSE ->
                        throw new OperationFailed(ErrorCode.INTERNAL, "nobody can resume a " + open.action());
                };
        return end(attempt, ending, opener.job().value(), !own);
    }

    private <S> Ending takeUp(Operation<S> operation, Deployment open, boolean stopIt, Attempt attempt) {
        Deployment again = open.resumed();
        if (open.status() == Deployment.Status.UNDOING) {
            return ending(operation, Execution.run(operation.action(), again, attempt), attempt);
        }
        attempt.at(again);
        return ending(
                operation,
                stopIt
                        ? Execution.undo(operation.action(), again, new ExecutionStopped(), attempt)
                        : Execution.run(operation.action(), operation.resumed(again), attempt),
                attempt);
    }

    // --- the end of every job ---

    private Verdict end(Attempt attempt, Ending ending, String claimKey, boolean keepLease) {
        return switch (ending) {
            case Ending.Concluded(Conclusion conclusion) -> finish(attempt, conclusion, claimKey, keepLease);
            case Ending.Suspended(RuntimeException failure) -> {
                if (failure instanceof Attempt.FinishedBefore finished) {
                    throw finished;
                }
                letGo(attempt.held(), attempt.saved().isPresent() ? attempt.current() : Optional.empty(), failure);
                yield giveBack(failure);
            }
        };
    }

    private Verdict finish(Attempt attempt, Conclusion conclusion, String claimKey, boolean keepLease) {
        boolean began = conclusion.effect() != Effect.NOOP;
        Commit commit = Bookkeeping.commit(
                attempt, conclusion, claimKey, attempt.game().known() || began, keepLease);
        if (!attempt.held().commit(commit)) {
            throw new Attempt.FinishedBefore();
        }
        return publish(commit.claim().orElseThrow().result());
    }

    private Verdict publish(JobResult result) {
        world.results().publish(result);
        return new Verdict.Done(result);
    }

    private static Verdict giveBack(RuntimeException failure) {
        return new Verdict.GiveBack(Attempt.failureOf(failure), Optional.empty());
    }

    private void tell(GameId game, OpKind kind, Request request, Verdict verdict, Duration took) {
        Telemetry.Event event =
                switch (verdict) {
                    case Verdict.Done(JobResult result) ->
                        new Telemetry.Event(
                                request.op(),
                                game,
                                kind,
                                Optional.empty(),
                                result.effect().wire(),
                                result.failure().map(Failure::code),
                                result.failure().map(Failure::text),
                                took);
                    case Verdict.GiveBack(Failure why, var _) ->
                        new Telemetry.Event(
                                request.op(),
                                game,
                                kind,
                                Optional.empty(),
                                "given back",
                                Optional.of(why.code()),
                                Optional.of(why.text()),
                                took);
                };
        world.telemetry().tell(event);
    }
}
