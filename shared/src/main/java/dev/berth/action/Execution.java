package dev.berth.action;

import dev.berth.action.Supervisor.Judgement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to carry a deployment to an end: forward through its steps, or, when one fails, back through their undos.
 *
 * <p>When the deployment is kept: before a step that acts, unless no other acting step has begun since it was last kept.
 * So of everything that may have happened since, at most one acting step is unknown: the first one at or after the kept
 * step. An attempt that takes over therefore goes on at the kept step, or before it, and undoes from that acting step
 * backwards; the deployment remembers which one that was, because the next attempt sees only where this one was. An
 * attempt that gives up in good order says so: then nothing after the kept step has begun.
 */
public final class Execution<C extends Supervisor, S> {
    private final Action<C, S> action;
    private final C context;
    private final int begunBefore;
    private Deployment deployment;
    private S state;

    private Execution(Action<C, S> action, Deployment deployment, C context) {
        this.action = action;
        this.context = context;
        this.state = action.codec().read(deployment.state());
        this.begunBefore = Math.max(
                deployment.furthest(),
                context.saved().map(this::lastPossiblyBegun).orElse(0));
        this.deployment = deployment.begunUntil(begunBefore);
    }

    /** Runs the deployment from where it stands. Exceptions of steps are judged, never thrown on. */
    public static <C extends Supervisor, S> Ended<S> run(Action<C, S> action, Deployment deployment, C context) {
        return new Execution<>(action, deployment, context).run();
    }

    /** Undoes the deployment from where it stands, for the given reason; one that has no way back goes on instead. */
    public static <C extends Supervisor, S> Ended<S> undo(
            Action<C, S> action, Deployment deployment, RuntimeException reason, C context) {
        Execution<C, S> execution = new Execution<>(action, deployment, context);
        return action.isDecided(execution.state)
                ? execution.run()
                : execution.undo(execution.begunBefore, context.judge(reason), reason);
    }

    private Ended<S> run() {
        if (deployment.status() == Deployment.Status.UNDOING) {
            return undoFrom(deployment.step(), new UndoneBefore(deployment));
        }
        for (int i = deployment.step(); i < action.steps().size() && !action.isUnneeded(state); i++) {
            Step<C, S> step = action.steps().get(i);
            try {
                enter(i, step);
                state = performUnlessStopped(step);
                context.ended(step.name(), false, Optional.empty());
            } catch (RuntimeException failure) {
                Judgement judgement = context.judge(failure);
                if (judgement.kind() != Judgement.Kind.UNDO) {
                    return suspend(Math.max(i, begunBefore), judgement, failure);
                }
                if (!action.isDecided(state)) {
                    return undo(Math.max(i, begunBefore), judgement, failure);
                }
                note(error(step.name(), false, judgement));
            }
        }
        context.at(deployment.at(action.steps().size(), "done", action.codec().write(state)));
        return new Ended.Completed<>(state);
    }

    private void enter(int index, Step<C, S> step) {
        deployment = at(index);
        context.at(deployment);
        if (step.acts() && !intentIsKept(index)) {
            keep(deployment);
        }
    }

    private void keep(Deployment now) {
        try {
            context.save(now);
        } catch (ExecutionStopped stopped) {
            if (!action.isDecided(state)) {
                throw stopped;
            }
        }
    }

    private boolean intentIsKept(int index) {
        return context.saved()
                .map(saved -> saved.status() == Deployment.Status.RUNNING
                        && saved.step() <= index
                        && action.steps().subList(saved.step(), index).stream().noneMatch(Step::acts))
                .orElse(false);
    }

    /** A stop that comes when there is no way back any more is heard, but not heeded. */
    private S performUnlessStopped(Step<C, S> step) {
        try {
            return perform(step);
        } catch (ExecutionStopped stopped) {
            if (!action.isDecided(state)) {
                throw stopped;
            }
            return perform(step);
        }
    }

    private S perform(Step<C, S> step) {
        S before = state;
        try {
            S now = before;
            for (Step.Execute<C, S> hook : step.before()) {
                now = required(step, hook.apply(now, context));
            }
            now = required(step, step.execute().apply(now, context));
            for (Step.Execute<C, S> hook : step.after()) {
                now = required(step, hook.apply(now, context));
            }
            return now;
        } catch (RuntimeException failure) {
            if (step.onError().isEmpty() || context.judge(failure).kind() == Judgement.Kind.ABANDON) {
                throw failure;
            }
            note(error(step.name(), false, context.judge(failure)));
            return required(step, step.onError().get().handle(failure, before, context));
        }
    }

    private static <C, S> S required(Step<C, S> step, @Nullable S state) {
        if (state == null) {
            throw new NoStateReturned(step.name());
        }
        return state;
    }

    private Ended<S> suspend(int furthest, Judgement judgement, RuntimeException failure) {
        if (judgement.kind() == Judgement.Kind.SUSPEND) {
            note(error(deployment.stepName(), false, judgement));
            deployment = at(furthest).suspended();
            context.at(deployment);
        }
        return new Ended.Suspended<>(failure);
    }

    private Ended<S> undo(int from, Judgement judgement, RuntimeException failure) {
        StepError error = error(deployment.stepName(), false, judgement);
        deployment = deployment.undoing(error);
        context.at(deployment);
        context.ended(error.step(), false, Optional.of(error));
        return undoFrom(from, failure);
    }

    private Ended<S> undoFrom(int from, RuntimeException failure) {
        Optional<RuntimeException> again = Optional.empty();
        int furthest = 0;
        for (int i = from; i >= 0; i--) {
            Step<C, S> step = action.steps().get(i);
            if (step.undo().isEmpty()) {
                continue;
            }
            try {
                // A step that could not be undone for now stays the newest one that is not.
                deployment = at(Math.max(i, furthest));
                context.save(deployment);
            } catch (RuntimeException unkept) {
                return new Ended.Suspended<>(unkept);
            }
            try {
                state = step.undo().get().apply(state, context);
                deployment = deployment.undone(step.name());
                context.ended(step.name(), true, Optional.empty());
            } catch (RuntimeException undoFailure) {
                Judgement judgement = context.judge(undoFailure);
                if (judgement.kind() == Judgement.Kind.ABANDON) {
                    return new Ended.Suspended<>(undoFailure);
                }
                note(error(step.name(), true, judgement));
                if (judgement.kind() == Judgement.Kind.SUSPEND && again.isEmpty()) {
                    again = Optional.of(undoFailure);
                    furthest = i;
                }
            }
        }
        if (again.isPresent()) {
            context.at(at(furthest));
            return new Ended.Suspended<>(again.get());
        }
        List<StepError> undoErrors =
                deployment.errors().stream().filter(StepError::undo).toList();
        return new Ended.Undone<>(state, deployment.rollbackError().orElseThrow(), failure, undoErrors);
    }

    private Deployment at(int step) {
        return deployment.at(
                step, action.steps().get(step).name(), action.codec().write(state));
    }

    /** The newest step that may have begun, given what was kept: see the rule of this class. */
    private int lastPossiblyBegun(Deployment kept) {
        if (kept.status() == Deployment.Status.SUSPENDED) {
            return kept.step();
        }
        List<Step<C, S>> steps = action.steps();
        for (int i = kept.step(); i < steps.size(); i++) {
            if (steps.get(i).acts()) {
                return i;
            }
        }
        return steps.size() - 1;
    }

    private void note(StepError error) {
        deployment = deployment.noting(error);
        context.at(deployment);
        context.ended(error.step(), error.undo(), Optional.of(error));
    }

    private StepError error(String step, boolean undo, Judgement judgement) {
        return new StepError(step, undo, judgement.code(), judgement.text(), context.now());
    }

    /** Stands for the failure of an earlier attempt, of which only what was kept is known. */
    private static final class UndoneBefore extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UndoneBefore(Deployment deployment) {
            super(deployment.rollbackError().map(StepError::text).orElse("undone before"));
        }
    }
}
