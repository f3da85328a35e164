package dev.berth.operation;

import dev.berth.action.Action;
import dev.berth.action.Deployment;
import dev.berth.action.Ended;
import dev.berth.model.Desired;

/**
 * What one kind of job does.
 *
 * @param <S> the state of its action
 */
interface Operation<S> {
    Action<Attempt, S> action();

    /** What a job of this kind wants the game to be, even where there is nothing to do. */
    Desired desired();

    /** Where another attempt takes up a deployment that goes forward: at its step, where nothing else is said. */
    default Deployment resumed(Deployment deployment) {
        return deployment;
    }

    /** What it came to when every step was done. */
    Conclusion completed(S state, Attempt attempt);

    /** What it came to when a step failed and the ones before were undone. */
    Conclusion undone(Ended.Undone<S> how, Attempt attempt);
}
