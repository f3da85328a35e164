package dev.berth.operation;

import dev.berth.model.Drift;
import dev.berth.model.Host;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Game;
import java.util.Optional;

/** How a game leaves a host that is to be emptied: one that runs by its own policy, the label {@code drain} of its spec. */
sealed interface Departure {
    /** It is moved or stopped. */
    record Leaves(Drift how) implements Departure {}

    /** It stays until something else happens. */
    record Stays(String why) implements Departure {}

    /** The label that says move (also where it is absent), stop or wait. */
    String POLICY = "drain";

    /**
     * What becomes of a game on a host that is to be emptied.
     *
     * @param drift that it runs there, or that something of it is left there
     */
    static Departure of(Drift drift, Host host, Game game) {
        Optional<String> whyNot = host.notes().drain().flatMap(drain -> DrainNotes.whyNot(drain, game));
        return whyNot.<Departure>map(Stays::new)
                .orElseGet(() -> drift == Drift.TO_CLEAN_UP ? new Leaves(drift) : running(game));
    }

    private static Departure running(Game game) {
        String policy = game.spec()
                .map(RuntimeSpec::labels)
                .map(labels -> labels.get(POLICY))
                .orElse("move");
        return switch (policy) {
            case "move" -> whyNotMoved(game).<Departure>map(Stays::new).orElseGet(() -> new Leaves(Drift.TO_MOVE));
            case "stop" -> new Leaves(Drift.TO_STOP);
            case "wait" -> new Stays("it is to end by itself");
            default -> new Stays("its label drain says neither move, stop nor wait");
        };
    }

    private static Optional<String> whyNotMoved(Game game) {
        if (game.record().flatMap(RuntimeRecord::volumesOn).isPresent()) {
            return Optional.of("its volumes are on this host");
        }
        return game.spec().isEmpty() ? Optional.of("its spec is not known") : Optional.empty();
    }
}
