package dev.berth.operation;

import dev.berth.model.Drift;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Limits;
import dev.berth.operation.Drifts.Standing;
import dev.berth.port.Bound;
import dev.berth.port.Container;
import dev.berth.port.Game;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a look at a host comes to.
 *
 * @param differing games that differ from what is recorded of them, as many as one round takes up
 * @param missing running games whose container is not there, and since when
 * @param staying games that do not leave a host that is to be emptied, and why
 */
record HostPlan(List<Planned> differing, Map<GameId, Instant> missing, Map<GameId, String> staying) {

    /**
     * A game and how it differs.
     *
     * @param again whether it was found to differ in another way than was planned
     */
    record Planned(GameId game, Drift drift, boolean again) {
        Planned(GameId game, Drift drift) {
            this(game, drift, false);
        }
    }

    /** Whether all that differs is in it. */
    boolean isWhole() {
        return differing.size() < Limits.RECONCILE_SETTLED;
    }

    static HostPlan of(World world, Host host, List<Bound> bound, List<Container> listed) {
        Instant now = world.clock().now();
        Map<GameId, Bound> here = bound.stream().collect(Collectors.toMap(Bound::game, Function.identity()));
        Map<GameId, List<OurContainer>> there = listed.stream()
                .flatMap(container -> OurContainer.of(world.stack(), container).stream())
                .collect(Collectors.groupingBy(OurContainer::game));
        Looks looks = new Looks(world, host, here, there, now);
        looks.all();
        return new HostPlan(looks.differing, missing(host, bound, there, now), looks.staying);
    }

    private static Map<GameId, Instant> missing(
            Host host, List<Bound> bound, Map<GameId, List<OurContainer>> there, Instant now) {
        return bound.stream()
                .filter(game -> Drifts.isMissing(game, there.getOrDefault(game.game(), List.of())))
                .collect(Collectors.toMap(
                        Bound::game, game -> host.notes().missing().getOrDefault(game.game(), now)));
    }

    /** Looks at each game in turn, and into the items of those where the index does not tell enough. */
    private static final class Looks {
        private static final int MOST_ITEMS = 3 * Limits.RECONCILE_SETTLED;

        private final World world;
        private final Host host;
        private final Map<GameId, Bound> here;
        private final Map<GameId, List<OurContainer>> there;
        private final Instant now;
        private final List<Planned> differing = new ArrayList<>();
        private final Map<GameId, String> staying = new HashMap<>();
        private int items;

        Looks(World world, Host host, Map<GameId, Bound> here, Map<GameId, List<OurContainer>> there, Instant now) {
            this.world = world;
            this.host = host;
            this.here = here;
            this.there = there;
            this.now = now;
        }

        /** In another order each time, so that what cannot be settled does not keep the rest from its turn. */
        void all() {
            Set<GameId> games = new HashSet<>(here.keySet());
            games.addAll(there.keySet());
            List<GameId> order = new ArrayList<>(games);
            order.sort(java.util.Comparator.comparing(GameId::value));
            Collections.shuffle(order, new Random(now.toEpochMilli()));
            order.stream()
                    .takeWhile(_ -> differing.size() < Limits.RECONCILE_SETTLED && items < MOST_ITEMS)
                    .forEach(game -> drift(game).ifPresent(drift -> differing.add(new Planned(game, drift))));
        }

        private Optional<Drift> drift(GameId game) {
            List<OurContainer> containers = there.getOrDefault(game, List.of());
            Optional<Bound> bound = Optional.ofNullable(here.get(game));
            boolean differs = bound.map(Standing::here)
                    .map(standing -> Drifts.of(standing, containers, host, now).isPresent())
                    .orElse(true);
            return differs ? exactly(game, containers) : Optional.empty();
        }

        /** By the game's item: the index may be late, and does not tell of fences. */
        private Optional<Drift> exactly(GameId id, List<OurContainer> containers) {
            items++;
            Optional<Game> game = world.games().find(id);
            Standing standing =
                    game.map(found -> SettleGame.standing(found, host.id())).orElseGet(() -> Standing.elsewhere(false));
            List<OurContainer> ours = containers.stream()
                    .filter(container ->
                            game.filter(found -> !container.isOf(found)).isEmpty())
                    .toList();
            Optional<Drift> drift = Drifts.of(standing, ours, host, now);
            boolean leaves = drift.filter(found -> found == Drift.TO_MOVE || found == Drift.TO_CLEAN_UP)
                    .isPresent();
            return leaves ? game.flatMap(known -> leaving(known, drift.get())) : drift;
        }

        private Optional<Drift> leaving(Game game, Drift drift) {
            Optional<String> failed = host.notes()
                    .drain()
                    .flatMap(drain -> Optional.ofNullable(drain.failed().get(game.id())));
            if (failed.isPresent()) {
                staying.put(game.id(), failed.get());
                return Optional.empty();
            }
            if (drift == Drift.TO_CLEAN_UP) {
                return Optional.of(drift);
            }
            return switch (Departure.of(game)) {
                case Departure.Leaves(Drift how) -> Optional.of(how);
                case Departure.Stays(String why) -> {
                    staying.put(game.id(), why);
                    yield Optional.empty();
                }
            };
        }
    }
}
