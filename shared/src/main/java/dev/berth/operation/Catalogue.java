package dev.berth.operation;

import dev.berth.action.Action;
import dev.berth.action.Actions;
import dev.berth.action.Deployment;
import dev.berth.action.Ended;
import dev.berth.action.Execution;
import dev.berth.model.CleanupJob;
import dev.berth.model.Desired;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.Job;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import dev.berth.model.PatchJob;
import dev.berth.model.Request;
import dev.berth.model.RestartJob;
import dev.berth.model.SettleJob;
import dev.berth.model.StartJob;
import dev.berth.model.StopJob;
import dev.berth.wire.Fields;
import dev.berth.wire.JobJson;
import dev.berth.wire.Json;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The operations that there are: begins them, takes up what another attempt left, and undoes it. */
final class Catalogue {
    private static final String APPLICATION = "berth";

    private final Actions<Attempt> actions = new Actions<>();
    private final StartRuntime start = new StartRuntime();
    private final StopRuntime stop = new StopRuntime();
    private final RestartRuntime restart = new RestartRuntime();
    private final PatchRuntime patch = new PatchRuntime();
    private final CleanupContainer cleanup = new CleanupContainer();
    private final DisposeContainers dispose = new DisposeContainers();

    /** @param changed extends the actions before they are registered */
    Catalogue(UnaryOperator<Action<Attempt, ?>> changed) {
        Stream.of(start, stop, restart, patch, cleanup, dispose)
                .forEach(operation -> actions.register(APPLICATION, changed.apply(operation.action())));
    }

    /** Does a job from its beginning. */
    Ending begin(Job job, Attempt attempt) {
        return switch (job) {
            case StartJob asked -> begin(start, start.plan(asked, attempt), attempt);
            case StopJob asked -> begin(stop, stop.plan(asked, attempt), attempt);
            case RestartJob asked -> begin(restart, restart.plan(asked, attempt), attempt);
            case PatchJob asked -> begin(patch, patch.plan(asked, attempt), attempt);
            case CleanupJob asked -> begin(cleanup, cleanup.plan(asked, attempt), attempt);
            case SettleJob asked -> settle(SettleGame.decide(asked, attempt), attempt);
        };
    }

    /** Nobody asked for it now, so that the age of requests does not matter. */
    private Ending settle(Settlement settlement, Attempt attempt) {
        return switch (settlement) {
            case Settlement.Nothing(var instead) -> new Ending.Left(instead);
            case Settlement.Observed(Conclusion conclusion) -> new Ending.Concluded(conclusion);
            case Settlement.Clear(Clearing clearing) -> act(dispose, clearing, attempt);
            case Settlement.Stop(StopJob job) -> act(stop, stop.begin(job, attempt), attempt);
            case Settlement.Cleanup(CleanupJob job) -> go(cleanup, cleanup.plan(job, attempt), attempt);
            case Settlement.Move _ -> go(restart, restart.planMove(attempt), attempt);
        };
    }

    private <S> Ending go(Operation<S> operation, Plan<S> plan, Attempt attempt) {
        return switch (plan) {
            case Plan.Refuse<S> _, Plan.Nothing<S> _ -> new Ending.Left(Optional.empty());
            case Plan.Act<S>(S state) -> act(operation, state, attempt);
        };
    }

    private <S> Ending begin(Operation<S> operation, Plan<S> plan, Attempt attempt) {
        return switch (plan) {
            case Plan.Refuse<S>(var why) ->
                // A stop that overtakes its start leaves its mark on a game that does not exist yet.
                new Ending.Concluded(Conclusion.refused(
                        attempt.game(), why, attempt.kind() == OpKind.STOP && why.code() == ErrorCode.NOT_FOUND));
            case Plan.Nothing<S> _ -> new Ending.Concluded(nothing(operation.desired(), attempt));
            case Plan.Act<S>(S state) ->
                superseded(attempt).<Ending>map(Ending.Concluded::new).orElseGet(() -> act(operation, state, attempt));
        };
    }

    /** Where there is nothing to change, not even what is wanted of the game, the age of a request does not matter. */
    private static Conclusion nothing(Desired wish, Attempt attempt) {
        Conclusion nothing = Conclusion.nothing(attempt.game(), wish);
        return nothing.record().equals(attempt.game().record())
                ? nothing
                : superseded(attempt).orElse(nothing);
    }

    /** An older request changes nothing any more. */
    private static Optional<Conclusion> superseded(Attempt attempt) {
        return attempt.game()
                .lastRequestedAt()
                .filter(attempt.request().requestedAt()::isBefore)
                .map(newer -> Conclusion.refused(
                        attempt.game(),
                        new Failure(ErrorCode.SUPERSEDED, "a request of " + newer + " was applied already"),
                        false));
    }

    private <S> Ending act(Operation<S> operation, S state, Attempt attempt) {
        Deployment fresh = Deployment.of(
                attempt.request().op().value(),
                action(operation),
                Json.write(JobJson.write(attempt.request())),
                state,
                attempt.now());
        return ending(operation, Execution.run(action(operation), fresh, attempt), attempt);
    }

    /**
     * Goes on with what another attempt left open.
     *
     * @param end why it is to be undone instead, if it is and is not being undone already
     */
    Ending takeUp(Deployment open, Optional<? extends RuntimeException> end, Attempt attempt) {
        return takeUp(operation(attempt.kind()), open, end, attempt);
    }

    private <S> Ending takeUp(
            Operation<S> operation, Deployment open, Optional<? extends RuntimeException> end, Attempt attempt) {
        Deployment again = open.resumed();
        if (open.status() == Deployment.Status.UNDOING) {
            return ending(operation, Execution.run(action(operation), again, attempt), attempt);
        }
        attempt.at(again);
        return ending(
                operation,
                end.isPresent()
                        ? Execution.undo(action(operation), again, end.get(), attempt)
                        : Execution.run(action(operation), operation.resumed(again), attempt),
                attempt);
    }

    private <S> Ending ending(Operation<S> operation, Ended<S> ended, Attempt attempt) {
        return switch (ended) {
            case Ended.Completed<S>(S state) -> new Ending.Concluded(operation.completed(state, attempt));
            case Ended.Undone<S> undone -> new Ending.Concluded(operation.undone(undone, attempt));
            case Ended.Suspended<S>(RuntimeException failure) -> new Ending.Suspended(failure);
        };
    }

    /** The request that a deployment was opened for. */
    static Request opener(Deployment open) {
        return JobJson.readRequest(Fields.of(Json.parse(open.input())));
    }

    private Operation<?> operation(OpKind kind) {
        return switch (kind) {
            case START -> start;
            case STOP -> stop;
            case RESTART -> restart;
            case PATCH -> patch;
            case CLEANUP_CONTAINER -> cleanup;
            case RECONCILE_DISPOSE -> dispose;
            case RECONCILE_ADOPT ->
                throw new OperationFailed(ErrorCode.INTERNAL, "there is no operation " + kind.wire());
        };
    }

    @SuppressWarnings("unchecked") // The name is that of the operation's own action, whose state is an S.
    private <S> Action<Attempt, S> action(Operation<S> operation) {
        return (Action<Attempt, S>) actions.find(APPLICATION, operation.action().name());
    }
}
