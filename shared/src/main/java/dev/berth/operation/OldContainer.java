package dev.berth.operation;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameContainer;
import dev.berth.model.OperationFailed;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost;

/** The steps by which a game's old container makes room for a new one, and comes back. It is changed by id only. */
final class OldContainer {
    private OldContainer() {}

    /** What is known to be down is only looked at: a stop that comes late would take it down once it is back. */
    static Replacing stop(Replacing replace, Attempt attempt) {
        Stopping asked = replace.stopRecorded() ? replace.stop() : StopRuntime.stop(replace.stop(), attempt);
        Stopping down = StopRuntime.prove(asked, attempt);
        return replace.with(down).with(replace.start().sparing(down.container()));
    }

    /**
     * Only the container that has the game's name is ever started, and only one can have it: so the old one is not if
     * the new one could not be removed.
     */
    static Replacing startAgain(Replacing replace, Attempt attempt) {
        if (!replace.ranBefore()) {
            return replace;
        }
        ContainerHost host = host(replace, attempt);
        Container old = find(replace, host);
        String name = name(replace, attempt).name();
        if (!old.name().equals(name) && !host.rename(old.id(), name)) {
            throw new OperationFailed(ErrorCode.DOCKER_ERROR, "the old container does not have its name back");
        }
        if (!old.state().live()) {
            attempt.cover();
            host.start(old.id());
            old = find(replace, host);
        }
        if (!old.state().live()) {
            throw new OperationFailed(ErrorCode.CONTAINER_START_FAILED, "the old container did not stay up");
        }
        return replace.with(runningAgain(replace.before(), old, attempt));
    }

    private static RuntimeRecord runningAgain(RuntimeRecord before, Container old, Attempt attempt) {
        GameContainer known = before.container().orElseThrow();
        return before.withContainer(new GameContainer(
                known.id(), known.fence(), old.endpoints(), old.startedAt().orElseGet(attempt::now)));
    }

    static Replacing setAside(Replacing replace, Attempt attempt) {
        replace.old().ifPresent(id -> {
            attempt.cover();
            ContainerHost host = host(replace, attempt);
            boolean aside = host.rename(id, name(replace, attempt).asideName());
            if (!aside && host.inspect(id).isPresent()) {
                throw new OperationFailed(ErrorCode.DOCKER_ERROR, "the old container could not be set aside");
            }
        });
        return replace;
    }

    static Replacing putBack(Replacing replace, Attempt attempt) {
        replace.old().ifPresent(id -> {
            attempt.cover();
            ContainerHost host = host(replace, attempt);
            NamedContainer name = name(replace, attempt);
            if (!host.rename(id, name.name()) && host.inspect(id).isPresent()) {
                // A create that came late has taken the name.
                name.removeMine(host);
                if (!host.rename(id, name.name())) {
                    throw new OperationFailed(ErrorCode.DOCKER_ERROR, "the old container's name is taken");
                }
            }
        });
        return replace;
    }

    static Replacing remove(Replacing replace, Attempt attempt) {
        replace.old().ifPresent(id -> {
            attempt.cover();
            host(replace, attempt).remove(id);
        });
        return replace;
    }

    private static Container find(Replacing replace, ContainerHost host) {
        return replace.old()
                .flatMap(host::inspect)
                .orElseThrow(() -> new OperationFailed(ErrorCode.CONTAINER_START_FAILED, "the old container is gone"));
    }

    private static ContainerHost host(Replacing replace, Attempt attempt) {
        return attempt.connect(replace.stop().host());
    }

    private static NamedContainer name(Replacing replace, Attempt attempt) {
        return new NamedContainer(
                attempt.world().stack(), attempt.game().id(), attempt.fence(), replace.old(), attempt::pause);
    }
}
