package dev.berth.operation;

import dev.berth.model.Desired;
import dev.berth.model.Drift;
import dev.berth.model.Host;
import dev.berth.model.HostState;
import dev.berth.model.Limits;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Bound;
import dev.berth.port.Container.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The plan of reconcile, as a pure function: how what a host has of a game differs from what is recorded. It is asked
 * twice: for all games of a host at once, from a list and an index, and again for each game that differs, under its
 * lease, from its item and the engine itself.
 */
final class Drifts {
    private Drifts() {}

    /**
     * What is recorded of a game, as far as it matters to a host.
     *
     * @param here the record, if it is bound to this host
     * @param recorded whether its log tells anything of it
     */
    record Standing(Optional<Bound> here, boolean recorded) {
        /** Bound to this host. */
        static Standing here(Bound bound) {
            return new Standing(Optional.of(bound), true);
        }

        /** Bound to another host, or to none. */
        static Standing elsewhere(boolean recorded) {
            return new Standing(Optional.empty(), recorded);
        }
    }

    /**
     * How a game differs, by what is to be done first; empty if nothing is to be done.
     *
     * @param there all containers of the game that the host has
     * @param host as its registry has it
     */
    static Optional<Drift> of(Standing game, List<OurContainer> there, Host host, Instant now) {
        if (game.here().isEmpty()) {
            return game.recorded() ? surplus(there, Optional.empty(), now) : unrecorded(there, now);
        }
        Bound bound = game.here().get();
        Optional<OurContainer> own = own(bound, there);
        Optional<Drift> extra = surplus(there, bound.container(), now);
        if (there.stream().anyMatch(other -> other.live() && !own.equals(Optional.of(other)))) {
            // Before anything is started anew: two of a game must not run.
            return extra;
        }
        return recorded(bound, own, there, host, now).or(() -> extra).or(() -> leaving(bound, host));
    }

    private static Optional<Drift> recorded(
            Bound bound, Optional<OurContainer> own, List<OurContainer> there, Host host, Instant now) {
        return switch (bound.status()) {
            case RUNNING, LOST -> {
                if (bound.desired() != Desired.RUNNING) {
                    yield Optional.of(Drift.UNFINISHED_STOP);
                }
                if (own.isEmpty()) {
                    yield isMissingStill(bound, host, now) ? Optional.of(Drift.MISSING) : Optional.empty();
                }
                if (bound.status() == RuntimeStatus.LOST) {
                    yield Optional.of(Drift.FOUND_AGAIN);
                }
                yield own.get().live() ? Optional.empty() : Optional.of(Drift.EXITED);
            }
            case STOPPED, FAILED -> settled(bound, own, there, now);
            case REMOVED -> Optional.empty();
        };
    }

    private static Optional<Drift> settled(
            Bound bound, Optional<OurContainer> own, List<OurContainer> there, Instant now) {
        boolean live = own.filter(OurContainer::live).isPresent();
        boolean unproven =
                bound.status() == RuntimeStatus.FAILED && bound.container().isEmpty();
        return switch (bound.desired()) {
            case RUNNING ->
                live
                        ? Optional.of(Drift.FOUND_AGAIN)
                        : bound.container().isEmpty() ? unrecorded(there, now) : Optional.empty();
            case STOPPED -> live || unproven ? Optional.of(Drift.UNFINISHED_STOP) : Optional.empty();
            case REMOVED -> Optional.of(live ? Drift.UNFINISHED_STOP : Drift.UNFINISHED_CLEANUP);
        };
    }

    private static Optional<Drift> leaving(Bound bound, Host host) {
        boolean leaves = host.state() == HostState.DRAINING || host.state() == HostState.DRAINED;
        return switch (bound.status()) {
            // Whether it is moved or stopped is the game's own policy, which the index does not tell.
            case RUNNING -> leaves ? Optional.of(Drift.TO_MOVE) : Optional.empty();
            case STOPPED, FAILED -> leaves ? Optional.of(Drift.TO_CLEAN_UP) : Optional.empty();
            case LOST, REMOVED -> Optional.empty();
        };
    }

    static Optional<OurContainer> own(Bound bound, List<OurContainer> there) {
        return there.stream()
                .filter(container -> bound.container().equals(Optional.of(container.id())))
                .findFirst();
    }

    /** Whether a game should have a container on the host and has none. */
    static boolean isMissing(Bound bound, List<OurContainer> there) {
        boolean should = bound.status() == RuntimeStatus.RUNNING || bound.status() == RuntimeStatus.LOST;
        return should && own(bound, there).isEmpty();
    }

    /** One look may come at a bad moment; only what is missing twice is. */
    private static boolean isMissingStill(Bound bound, Host host, Instant now) {
        return Optional.ofNullable(host.notes().missing().get(bound.game()))
                .filter(since -> !since.plus(Limits.SECOND_SIGHTING).isAfter(now))
                .isPresent();
    }

    private static Optional<Drift> surplus(List<OurContainer> there, Optional<String> own, Instant now) {
        return there.stream()
                        .filter(container -> !own.equals(Optional.of(container.id())))
                        .anyMatch(container -> isToGo(container, now))
                ? Optional.of(Drift.SURPLUS)
                : Optional.empty();
    }

    /** What is in quarantine stays there for a while, for whoever wants to know what happened. */
    static boolean isToGo(OurContainer container, Instant now) {
        boolean going = container.container().state() == State.REMOVING;
        return !going && (container.live() || !container.isQuarantined() || container.isServed(now));
    }

    /** A young one may be of a start that is under way. */
    private static Optional<Drift> unrecorded(List<OurContainer> there, Instant now) {
        return there.stream()
                        .anyMatch(container ->
                                container.isNamedAsOurs() && container.isOlderThan(Limits.CREATION_GRACE, now))
                ? Optional.of(Drift.UNRECORDED)
                : Optional.empty();
    }
}
