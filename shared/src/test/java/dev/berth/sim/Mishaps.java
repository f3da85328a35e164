package dev.berth.sim;

import dev.berth.model.Host;
import dev.berth.model.HostNotes.Drain;
import dev.berth.model.HostState;
import dev.berth.port.Container.State;
import dev.berth.port.ContainerPlan;
import dev.berth.sim.Scenario.Mishap;
import dev.berth.sim.Sim.Way;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets happen to hosts and games what happens to them, and ends it again. */
final class Mishaps {
    private final Sim sim;
    private final People people = new People();

    Mishaps(Sim sim) {
        this.sim = sim;
    }

    void happen(Mishap mishap) {
        EngineModel engine = sim.engines().get(mishap.host());
        String name = Sim.STACK + "_" + mishap.game();
        say("!! " + mishap.kind() + " on " + mishap.host() + " for " + mishap.lasting() / 1000.0 + " s");
        switch (mishap.kind()) {
            case CUT_OFF -> {
                engine.line().cutOff();
                back(engine, mishap);
            }
            case FROZEN -> {
                engine.line().freeze();
                sim.scheduler().after(mishap.lasting(), () -> {
                    say(engine.id() + " goes on");
                    engine.line().thaw();
                });
            }
            case DAEMON_DIES -> {
                engine.fate().daemonDies(false);
                back(engine, mishap);
            }
            case POWER_LOST -> {
                engine.fate().daemonDies(true);
                back(engine, mishap);
            }
            case CONTAINER_DIES -> engine.fate().dies(name);
            case INTRUDER ->
                engine.fate()
                        .intrude(ContainerPlan.of(
                                name,
                                "somebody's",
                                Map.of("owner", "somebody"),
                                Jobs.spec(Choices.calm()),
                                "somebody's"));
            case PARTITION -> partition(mishap);
            case REMOVED_BY_HAND -> engine.fate().somebodyRemoved(name);
            case OUT_OF_MEMORY -> engine.fate().runsOutOfMemory(name);
            case SECOND_BY_HAND -> people.second(engine, mishap.game(), State.RUNNING);
            case LEFT_OVER_BY_HAND -> people.second(engine, mishap.game(), State.CREATED);
            case UNKNOWN_BY_HAND -> people.unknown(engine);
            case FORGED -> people.forged(engine, mishap.game());
            case GIVEN_UP -> {
                sim.declaredLost().add(mishap.host());
                engine.line().cutOff();
                sim.order("operator gives up", Mishaps::givenUp, mishap.host());
                back(engine, mishap);
            }
            case TO_BE_EMPTIED -> sim.order("operator drains", this::drained, mishap.host());
            case TO_BE_FILLED -> sim.order("operator undrains", Mishaps::undrained, mishap.host());
            case TOUCHED -> sim.touch(mishap.game());
        }
    }

    private static Host givenUp(Host host) {
        return host.with(HostState.LOST, host.notes().withGivenUp(true));
    }

    private Host drained(Host host) {
        Drain drain = new Drain(SimClock.BEGIN, List.of(), Map.of());
        HostState state = host.state() == HostState.ACTIVE ? HostState.DRAINING : host.state();
        return host.with(state, host.notes().withDrain(Optional.of(drain)));
    }

    private static Host undrained(Host host) {
        boolean drained = host.state() == HostState.DRAINING || host.state() == HostState.DRAINED;
        return host.with(drained ? HostState.ACTIVE : host.state(), host.notes().withDrain(Optional.empty()));
    }

    /** One sandbox cannot reach the host, others can. */
    private void partition(Mishap mishap) {
        Way cut = new Way(sim.scenario().sandboxes().getFirst(), mishap.host());
        sim.partitions().add(cut);
        sim.scheduler().after(mishap.lasting(), () -> {
            say("the way to " + mishap.host() + " is open again");
            sim.partitions().remove(cut);
        });
    }

    private void back(EngineModel engine, Mishap mishap) {
        sim.scheduler().after(mishap.lasting(), () -> {
            say(engine.id() + " is back");
            engine.reachable();
        });
    }

    private void say(String what) {
        sim.trace().line(sim.scheduler().now(), () -> what);
    }
}
