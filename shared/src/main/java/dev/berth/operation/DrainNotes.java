package dev.berth.operation;

import dev.berth.model.Drift;
import dev.berth.model.GameId;
import dev.berth.model.HostNotes.Drain;
import dev.berth.operation.HostPlan.Planned;
import dev.berth.operation.Settling.Left;
import dev.berth.operation.Settling.Progress;
import dev.berth.port.Game;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is noted of games that are to leave a host. A move takes a game down for a moment, so that it is noted before it is
 * begun, with how long the game's log is, and struck out once it has come to its end: whatever happens in between, one that
 * failed is not tried again until an operator says so, and one that was not begun is.
 */
final class DrainNotes {
    private DrainNotes() {}

    /** Whether a game differs only in that an operator wants the host to be empty. */
    static boolean isLeaving(Drift drift) {
        return switch (drift) {
            case TO_MOVE, TO_STOP, TO_CLEAN_UP -> true;
            case UNRECORDED, LOST, FOUND_AGAIN, MISSING, SURPLUS, EXITED, UNFINISHED_STOP, UNFINISHED_CLEANUP -> false;
        };
    }

    /** Why a game that could leave is not to be touched, if it is not. */
    static Optional<String> whyNot(Drain drain, Game game) {
        Optional<String> failed = Optional.ofNullable(drain.failed().get(game.id()));
        long entries = game.head().seq();
        boolean begun = Optional.ofNullable(drain.begun().get(game.id()))
                .filter(before -> before < entries)
                .isPresent();
        return failed.or(() -> begun ? Optional.of("it was begun and did not succeed; see its log") : Optional.empty());
    }

    /** As it is noted before a round begins what it has planned. */
    static Drain begun(Drain before, List<Planned> planned) {
        Map<GameId, Long> begun = new HashMap<>(before.begun());
        planned.stream()
                .filter(game -> isLeaving(game.drift()))
                .forEach(game -> begun.put(game.game(), game.entries()));
        return before.withBegun(begun);
    }

    /**
     * As it is noted after it.
     *
     * @param bound the games that were on the host before
     * @param left what was not settled
     */
    static Drain ended(Drain before, HostPlan plan, Set<GameId> bound, Map<GameId, Left> left) {
        Map<GameId, String> failed = new HashMap<>(before.failed());
        Map<GameId, Long> begun = new HashMap<>(before.begun());
        plan.differing().stream()
                .filter(planned -> isLeaving(planned.drift()))
                .map(Planned::game)
                .forEach(game -> {
                    Optional<Left> why = Optional.ofNullable(left.get(game));
                    if (why.filter(is -> is.progress() == Progress.OPEN).isEmpty()) {
                        begun.remove(game);
                    }
                    why.filter(is -> is.progress() == Progress.FAILED).ifPresent(is -> failed.put(game, is.text()));
                });
        failed.keySet().retainAll(bound);
        begun.keySet().retainAll(bound);
        Map<GameId, String> blocked = new HashMap<>(before.blocked());
        blocked.keySet().removeAll(plan.lookedAt());
        blocked.putAll(plan.staying());
        left.forEach((game, why) -> blocked.put(game, why.text()));
        blocked.keySet().retainAll(bound);
        return before.withFailed(failed).withBegun(begun).withBlocked(blocked);
    }
}
