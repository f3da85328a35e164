package dev.berth.operation;

import dev.berth.model.ErrorCode;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.OperationFailed;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Reservation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds a host for a game and reserves its place there, with the intent to use it, in one transaction.
 *
 * <p>Of two hosts that fit, taken at random, the one with more free memory: nearly as even as the best of all, and
 * starts that come at once do not all run to the same host (Mitzenmacher, The Power of Two Choices in Randomized Load
 * Balancing).
 */
final class HostChoice {
    private HostChoice() {}

    /**
     * Reserves a place.
     *
     * @param allowed beside what the spec asks of a host
     * @param state of the operation once the place is reserved
     * @throws OperationFailed {@code no_capacity}
     */
    static Reservation reserve(
            RuntimeSpec spec, Predicate<Host> allowed, Function<Reservation, String> state, Attempt attempt) {
        Optional<Reservation> remembered = tryReserve(attempt.world().hosts().all(), spec, allowed, state, attempt);
        // What is remembered may lack a host that was added a moment ago, or room that was given back.
        return remembered
                .or(() -> tryReserve(attempt.world().hosts().readAll(), spec, allowed, state, attempt))
                .orElseThrow(() -> new OperationFailed(
                        ErrorCode.NO_CAPACITY, "no active host that fits has room for " + describe(spec)));
    }

    private static Optional<Reservation> tryReserve(
            List<Host> hosts,
            RuntimeSpec spec,
            Predicate<Host> allowed,
            Function<Reservation, String> state,
            Attempt attempt) {
        List<Host> candidates = fitting(hosts, spec, allowed)
                .filter(host -> host.hasRoomFor(spec.resources()))
                .collect(Collectors.toCollection(ArrayList::new));
        // Another order for each attempt, and the same one if it is looked at again.
        Collections.shuffle(candidates, new Random(Objects.hash(attempt.game().id(), attempt.fence())));
        while (!candidates.isEmpty()) {
            Reservation place = new Reservation(candidates.remove(roomier(candidates)), spec.resources());
            if (attempt.reserve(place, state.apply(place))) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** Of the first two. */
    private static int roomier(List<Host> candidates) {
        return candidates.size() > 1
                        && candidates.get(1).freeMemory() > candidates.get(0).freeMemory()
                ? 1
                : 0;
    }

    /** Whether some host could take the game, as far as is remembered. */
    static boolean isLikely(RuntimeSpec spec, HostId except, World world) {
        return fitting(world.hosts().all(), spec, host -> !host.id().equals(except))
                .anyMatch(host -> host.hasRoomFor(spec.resources()));
    }

    private static Stream<Host> fitting(List<Host> hosts, RuntimeSpec spec, Predicate<Host> allowed) {
        return hosts.stream()
                .filter(Host::takesGames)
                .filter(allowed)
                .filter(host ->
                        host.labels().entrySet().containsAll(spec.hostLabels().entrySet()));
    }

    private static String describe(RuntimeSpec spec) {
        return spec.resources().milliVcpu() / 1000.0 + " vcpu and "
                + spec.resources().memory() + " of memory";
    }
}
