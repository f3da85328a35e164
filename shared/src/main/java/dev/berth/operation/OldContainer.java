package dev.berth.operation;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameContainer;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost;
import java.util.Comparator;
import java.util.Optional;

/**
 * The steps by which a game's old container makes room for a new one, and comes back.
 *
 * <p>Docker knows no fence, and a stop or a start that comes late would hit a container whose id stays the same. So the
 * old one is first given a name that only this attempt knows, stopped and started under that name, and named anew by
 * whoever goes on: what comes late finds nobody of that name.
 */
final class OldContainer {
    private OldContainer() {}

    static Replacing setAside(Replacing replace, Attempt attempt) {
        Replacing found = replace.old().isPresent() ? replace : found(replace, attempt);
        found.old().ifPresent(id -> {
            attempt.cover();
            ContainerHost host = host(found, attempt);
            boolean aside = host.rename(id, name(found, attempt).asideName());
            if (!aside && host.inspect(id).isPresent()) {
                throw new OperationFailed(ErrorCode.DOCKER_ERROR, "the old container could not be set aside");
            }
        });
        return found;
    }

    /**
     * Of a game whose record knows no container, whatever carries its labels: an attempt that died may have set it aside
     * already. One that lives comes first.
     */
    private static Replacing found(Replacing replace, Attempt attempt) {
        Optional<String> id = OurContainer.on(host(replace, attempt), attempt)
                .filter(there -> !there.isQuarantined())
                .max(Comparator.comparing(OurContainer::live)
                        .thenComparing(OurContainer::isNamedAsOurs)
                        .thenComparingLong(there -> there.fence().value()))
                .map(OurContainer::id);
        return replace.with(replace.stop().of(id)).with(replace.start().sparing(id));
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

    static Replacing stop(Replacing replace, Attempt attempt) {
        if (replace.old().isPresent() && !replace.stopRecorded()) {
            attempt.cover(replace.stop().grace().plus(Limits.STOP_EXTRA));
            host(replace, attempt)
                    .stop(name(replace, attempt).asideName(), replace.stop().grace());
        }
        Stopping down = StopRuntime.prove(replace.stop(), attempt);
        return replace.with(down).with(replace.start().sparing(down.container()));
    }

    /** Nothing else of the game may be there: the old container is not started beside the new one. */
    static Replacing startAgain(Replacing replace, Attempt attempt) {
        if (!replace.ranBefore()) {
            return replace;
        }
        ContainerHost host = host(replace, attempt);
        NamedContainer name = name(replace, attempt);
        if (replace.isMove()) {
            replace.start().place().ifPresent(place -> name.removeMine(attempt.connect(place.host())));
        }
        Container old = find(replace, host);
        if (!old.state().live()) {
            attempt.cover();
            name.removeMine(host);
            if (!host.rename(old.id(), name.asideName())) {
                throw new OperationFailed(ErrorCode.DOCKER_ERROR, "the old container's name is taken");
            }
            host.start(name.asideName());
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
