package dev.berth.operation;

import dev.berth.action.Action;
import dev.berth.action.Ended;
import dev.berth.model.Desired;
import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Limits;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost;

/**
 * Takes containers away that are a game's by their labels and not by its record. What runs is stopped and renamed into
 * quarantine, where it stays for a while for whoever wants to know what happened; what does not run is removed.
 */
final class DisposeContainers implements Operation<Clearing> {
    private final Action<Attempt, Clearing> action = Action.<Attempt, Clearing>named(
                    OpKind.RECONCILE_DISPOSE.wire(), Clearing.CODEC)
            .act("remove what does not run", DisposeContainers::remove)
            .act("stop what runs", DisposeContainers::stop)
            .build();

    @Override
    public Action<Attempt, Clearing> action() {
        return action;
    }

    @Override
    public Desired desired() {
        return Desired.REMOVED;
    }

    private static Clearing remove(Clearing clear, Attempt attempt) {
        ContainerHost host = attempt.connect(clear.host());
        for (String id : clear.containers()) {
            if (host.inspect(id).filter(there -> !there.state().live()).isPresent()) {
                attempt.cover();
                host.remove(id);
            }
        }
        return clear;
    }

    private static Clearing stop(Clearing clear, Attempt attempt) {
        ContainerHost host = attempt.connect(clear.host());
        for (String id : clear.containers()) {
            host.inspect(id).ifPresent(there -> quarantine(there, host, attempt));
        }
        return clear;
    }

    /** Renamed last: as long as it has not that name, it is found again. */
    private static void quarantine(Container there, ContainerHost host, Attempt attempt) {
        attempt.cover(Limits.DEFAULT_GRACE.plus(Limits.STOP_EXTRA));
        host.stop(there.id(), Limits.DEFAULT_GRACE);
        if (host.inspect(there.id()).filter(now -> now.state().live()).isPresent()) {
            attempt.cover();
            host.kill(there.id());
        }
        if (host.inspect(there.id()).filter(now -> now.state().live()).isPresent()) {
            throw new OperationFailed(ErrorCode.STOP_FAILED, "the container is still running after SIGKILL");
        }
        String gamesName = attempt.world().stack() + "_" + attempt.game().id();
        OurContainer.of(attempt.world().stack(), there)
                .ifPresent(ours -> host.rename(there.id(), ours.quarantineName(gamesName)));
    }

    @Override
    public Conclusion completed(Clearing clear, Attempt attempt) {
        return Conclusion.beside(attempt.isResumed() ? Effect.RESUMED : Effect.CHANGED, attempt.game());
    }

    @Override
    public Conclusion undone(Ended.Undone<Clearing> how, Attempt attempt) {
        return Conclusion.refused(attempt.game(), Failures.of(how), false);
    }
}
