package dev.berth.operation;

import dev.berth.model.Drift;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Limits;
import dev.berth.operation.Drifts.Standing;
import dev.berth.port.Bound;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost;
import dev.berth.port.Game;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
 * @param lookedAt the games that were looked at
 * @param whole whether those are all
 */
record HostPlan(
        List<Planned> differing,
        Map<GameId, Instant> missing,
        Map<GameId, String> staying,
        Set<GameId> lookedAt,
        boolean whole) {

    /**
     * A game and how it differs.
     *
     * @param entries how many its log had
     * @param again whether it was found to differ in another way than was planned
     */
    record Planned(GameId game, Drift drift, long entries, boolean again) {
        /** One whose log does not matter. */
        Planned(GameId game, Drift drift) {
            this(game, drift, 0, false);
        }

        Planned instead(Drift other) {
            return new Planned(game, other, entries, true);
        }
    }

    /** @param engine asked about what has been in quarantine for a day */
    static HostPlan of(World world, Host host, ContainerHost engine, List<Bound> bound, List<Container> listed) {
        Instant now = world.clock().now();
        Map<GameId, Bound> here = bound.stream().collect(Collectors.toMap(Bound::game, Function.identity()));
        Map<GameId, List<OurContainer>> there = listed.stream()
                .flatMap(container -> OurContainer.of(world.stack(), container).stream())
                .collect(Collectors.groupingBy(OurContainer::game));
        Looks looks = new Looks(world, host, engine, here, there, now);
        boolean whole = looks.all();
        return new HostPlan(looks.differing, missing(host, bound, there, now), looks.staying, looks.lookedAt, whole);
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
        private final ContainerHost engine;
        private final Map<GameId, Bound> here;
        private final Map<GameId, List<OurContainer>> there;
        private final Instant now;
        private final List<Planned> differing = new ArrayList<>();
        private final Map<GameId, String> staying = new HashMap<>();
        private final Set<GameId> lookedAt = new HashSet<>();
        private int items;

        Looks(
                World world,
                Host host,
                ContainerHost engine,
                Map<GameId, Bound> here,
                Map<GameId, List<OurContainer>> there,
                Instant now) {
            this.world = world;
            this.host = host;
            this.engine = engine;
            this.here = here;
            this.there = there;
            this.now = now;
        }

        /**
         * The host's own games and what runs come first; else in another order each time, so that what cannot be
         * settled does not keep the rest from its turn.
         *
         * @return false if there are more than one round looks at
         */
        boolean all() {
            Set<GameId> games = new HashSet<>(here.keySet());
            games.addAll(there.keySet());
            List<GameId> order = new ArrayList<>(games);
            order.sort(Comparator.comparing(GameId::value));
            Collections.shuffle(order, new Random(now.toEpochMilli()));
            order.sort(Comparator.comparing(game -> !matters(game)));
            for (GameId game : order) {
                if (differing.size() == Limits.RECONCILE_SETTLED || items == MOST_ITEMS) {
                    return false;
                }
                lookedAt.add(game);
                drift(game).ifPresent(differing::add);
            }
            return true;
        }

        private boolean matters(GameId game) {
            return here.containsKey(game)
                    || there.getOrDefault(game, List.of()).stream().anyMatch(OurContainer::live);
        }

        private Optional<Planned> drift(GameId game) {
            List<OurContainer> containers = there.getOrDefault(game, List.of());
            Optional<Bound> bound = Optional.ofNullable(here.get(game));
            List<Standing> possible = bound.map(known -> List.of(Standing.here(known)))
                    .orElse(List.of(Standing.elsewhere(true), Standing.elsewhere(false)));
            boolean old = containers.stream()
                    .anyMatch(container -> container.isQuarantined() && container.isOlderThan(Limits.RETENTION, now));
            return old
                            || possible.stream()
                                    .anyMatch(
                                            standing -> of(standing, containers).isPresent())
                    ? exactly(game, containers)
                    : Optional.empty();
        }

        private Optional<Drift> of(Standing standing, List<OurContainer> containers) {
            return Drifts.of(standing, containers, host, now);
        }

        /** By the game's item: the index may be late, and does not tell of fences. */
        private Optional<Planned> exactly(GameId id, List<OurContainer> containers) {
            items++;
            Optional<Game> game = world.games().find(id);
            Standing standing =
                    game.map(found -> SettleGame.standing(found, host.id())).orElseGet(() -> Standing.elsewhere(false));
            List<OurContainer> ours = containers.stream()
                    .filter(container ->
                            game.filter(found -> !container.isOf(found)).isEmpty())
                    .map(container -> container.closer(engine, now))
                    .toList();
            Optional<Drift> drift = of(standing, ours);
            boolean leaves = drift.filter(DrainNotes::isLeaving).isPresent();
            Optional<Drift> planned = leaves ? game.flatMap(known -> leaving(known, drift.get())) : drift;
            long entries = game.map(known -> known.head().seq()).orElse(0L);
            return planned.map(how -> new Planned(id, how, entries, false));
        }

        private boolean hasRoom(Game game) {
            return game.spec()
                    .filter(spec -> HostChoice.isLikely(spec, host.id(), world))
                    .isPresent();
        }

        private Optional<Drift> leaving(Game game, Drift drift) {
            return switch (Departure.of(drift, host, game)) {
                case Departure.Leaves(Drift how) when how != Drift.TO_MOVE || hasRoom(game) -> Optional.of(how);
                case Departure.Leaves _ -> stays(game, "no other host has room for it");
                case Departure.Stays(String why) -> stays(game, why);
            };
        }

        private Optional<Drift> stays(Game game, String why) {
            staying.put(game.id(), why);
            return Optional.empty();
        }
    }
}
