package dev.berth.sim;

import dev.berth.port.ContainerPlan;
import dev.berth.sim.Scenario.Mishap;
import java.util.Map;

/** Lets happen to hosts what happens to hosts, and ends it again. */
final class Mishaps {
    private final Sim sim;

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
                engine.daemonDies(false);
                back(engine, mishap);
            }
            case POWER_LOST -> {
                engine.daemonDies(true);
                back(engine, mishap);
            }
            case CONTAINER_DIES -> engine.dies(name);
            case INTRUDER ->
                engine.intrude(ContainerPlan.of(
                        name, "somebody's", Map.of("owner", "somebody"), Jobs.spec(Choices.calm()), "somebody's"));
        }
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
