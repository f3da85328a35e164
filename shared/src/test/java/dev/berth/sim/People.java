package dev.berth.sim;

import dev.berth.model.GameId;
import dev.berth.model.Sha256;
import dev.berth.port.Container.State;
import dev.berth.port.ContainerPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** People who run containers on our hosts by hand, with labels that look more or less like ours. */
final class People {
    static final GameId UNKNOWN = new GameId("found");
    private static final Duration OLD = Duration.ofMinutes(10);

    /** A copy of a game's container, with all of its labels. */
    void second(EngineModel engine, GameId game, State state) {
        engine.boxes().values().stream()
                .filter(box -> !box.foreign && box.name.equals(Sim.STACK + "_" + game))
                .findFirst()
                .ifPresent(box ->
                        engine.fate().somebodyMade(plan("copy-of-" + game, box.plan.labels()), state, box.createdAt));
    }

    /** One of ours that nobody knows of any more. */
    void unknown(EngineModel engine) {
        engine.fate()
                .somebodyMade(
                        plan(Sim.STACK + "_" + UNKNOWN, labels(UNKNOWN, "7")),
                        State.RUNNING,
                        engine.now().minus(OLD));
    }

    /** Some of our labels, but not all, or not as we write them. */
    void forged(EngineModel engine, GameId game) {
        Map<String, String> labels = labels(game, "1");
        Map<String, String> noFence = new HashMap<>(labels);
        noFence.remove("berth.fence");
        Map<String, String> noOp = new HashMap<>(labels);
        noOp.put("berth.op", "op-none");
        Map<String, String> future = new HashMap<>(labels);
        future.put("berth.fence", "999999");
        int number = 0;
        for (Map<String, String> forged : java.util.List.of(noFence, noOp, future)) {
            engine.fate().intrude(plan("forged-" + game + number++, forged));
        }
    }

    static Map<String, String> labels(GameId game, String fence) {
        return Map.of(
                "berth.owner",
                Sim.STACK,
                "berth.game",
                game.value(),
                "berth.fence",
                fence,
                "berth.op",
                "op-0123456789ab",
                "berth.spec",
                Sha256.hex("spec"),
                "berth.image",
                "sha256:" + Sha256.hex("image"));
    }

    private static ContainerPlan plan(String name, Map<String, String> labels) {
        return ContainerPlan.of(name, "demo", labels, Jobs.spec(Choices.calm()), name);
    }
}
