package dev.berth.sim;

import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.OpKind;
import dev.berth.sim.Scenario.Mishap;
import dev.berth.sim.Scenario.Sandbox;
import dev.berth.sim.Scenario.Sent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A game runs on the first of two hosts, something happens there, and reconcile settles it.
 *
 * @param kind of the operation by which it is settled
 * @param calls how many calls the attempt makes in which it is, if nothing goes wrong
 * @param game the one that it is about
 */
record FleetStory(String name, OpKind kind, int calls, GameId game, List<Mishap> mishaps) {
    private static final GameId GAME = new GameId("chess");
    private static final HostId FIRST = new HostId("host-1");
    private static final HostId SECOND = new HostId("host-2");
    private static final long STARTED_AT = 5_000;
    private static final long FILLED_AT = 20_000;
    private static final long HAPPENS_AT = 30_000;
    private static final long UNTIL_LOST = 1_000_000;

    static List<FleetStory> all() {
        return List.of(
                story("a game is moved from a host that is drained", OpKind.RESTART, 41, Mishap.Kind.TO_BE_EMPTIED),
                story("a second container is put aside", OpKind.RECONCILE_DISPOSE, 20, Mishap.Kind.SECOND_BY_HAND),
                story(
                        "a container that never ran is removed",
                        OpKind.RECONCILE_DISPOSE,
                        17,
                        Mishap.Kind.LEFT_OVER_BY_HAND),
                story("a container is missing twice", OpKind.RECONCILE_DISPOSE, 13, Mishap.Kind.REMOVED_BY_HAND),
                story("a container has ended by itself", OpKind.STOP, 14, Mishap.Kind.CONTAINER_DIES),
                story("a host is lost with its game, and found again", OpKind.RECONCILE_ADOPT, 11, Mishap.Kind.CUT_OFF),
                story(
                                "a container that nobody knows is adopted",
                                OpKind.RECONCILE_ADOPT,
                                15,
                                Mishap.Kind.UNKNOWN_BY_HAND)
                        .about(People.UNKNOWN));
    }

    /** The other host takes games only once the game runs on the first. */
    private static FleetStory story(String name, OpKind kind, int calls, Mishap.Kind what) {
        return new FleetStory(
                name,
                kind,
                calls,
                GAME,
                List.of(
                        new Mishap(0, SECOND, Mishap.Kind.TO_BE_EMPTIED, 0, GAME),
                        new Mishap(FILLED_AT, SECOND, Mishap.Kind.TO_BE_FILLED, 0, GAME),
                        new Mishap(HAPPENS_AT, FIRST, what, UNTIL_LOST, GAME)));
    }

    private FleetStory about(GameId other) {
        return new FleetStory(name, kind, calls, other, mishaps);
    }

    Scenario scenario() {
        return new Scenario(
                List.of(Scenario.host(0, 8), Scenario.host(1, 8)),
                List.of(new Sandbox("a", 0, 1000)),
                List.of(new Sent(STARTED_AT, Jobs.start(GAME, "j0", SimClock.BEGIN.plusMillis(STARTED_AT)))),
                mishaps,
                true);
    }

    /** The calls of the attempt that settles it, in a run without faults. */
    List<Call> calls(Sim calm) {
        int attempt = calm.calls().stream()
                .filter(call -> call.name().startsWith("commit " + kind + " "))
                .findFirst()
                .orElseThrow()
                .attempt();
        return calm.calls().stream().filter(call -> call.attempt() == attempt).toList();
    }

    /** What became of the game, of the hosts, and of all containers. */
    List<String> end(Sim sim) {
        Stream<String> told = Optional.ofNullable(sim.store().games().get(game)).flatMap(sim::told).stream();
        Stream<String> hosts = sim.store().hosts().stream().map(host -> host.id() + " " + host.state());
        Stream<String> containers = sim.engines().values().stream()
                .flatMap(engine -> engine.boxes().values().stream()
                        .map(box -> box.name + " " + box.state + " on " + engine.id())
                        .sorted());
        return Stream.of(told, hosts, containers).flatMap(parts -> parts).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
