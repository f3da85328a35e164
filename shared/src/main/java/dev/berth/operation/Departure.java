package dev.berth.operation;

import dev.berth.model.Drift;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Game;
import java.util.Optional;

/** How a running game leaves a host that is to be emptied: by its own policy, the label {@code drain} of its spec. */
sealed interface Departure {
    /** It is moved or stopped. */
    record Leaves(Drift how) implements Departure {}

    /** It stays until something else happens. */
    record Stays(String why) implements Departure {}

    /** The label that says move (also where it is absent), stop or wait. */
    String POLICY = "drain";

    static Departure of(Game game) {
        String policy = game.spec()
                .map(RuntimeSpec::labels)
                .map(labels -> labels.get(POLICY))
                .orElse("move");
        return switch (policy) {
            case "stop" -> new Leaves(Drift.TO_STOP);
            case "wait" -> new Stays("it is to end by itself");
            default -> whyNotMoved(game).<Departure>map(Stays::new).orElseGet(() -> new Leaves(Drift.TO_MOVE));
        };
    }

    private static Optional<String> whyNotMoved(Game game) {
        if (game.record().flatMap(RuntimeRecord::volumesOn).isPresent()) {
            return Optional.of("its volumes are on this host");
        }
        return game.spec().isEmpty() ? Optional.of("its spec is not known") : Optional.empty();
    }
}
