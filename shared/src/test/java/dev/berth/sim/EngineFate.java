package dev.berth.sim;

import dev.berth.port.Container.State;
import dev.berth.port.ContainerPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What happens to the containers of an engine although nobody asks it to through us: crashes, power cuts, and people. */
final class EngineFate {
    private static final Duration CLOCK_TICK = Duration.ofMillis(1);
    private static final int KILLED = 137;

    private final EngineModel engine;
    private final Boxes boxes;
    private final Faults nature;
    private final Supplier<Instant> now;

    EngineFate(EngineModel engine, Boxes boxes, Faults nature, Supplier<Instant> now) {
        this.engine = engine;
        this.boxes = boxes;
        this.nature = nature;
        this.now = now;
    }

    // --- crashes ---

    /** The daemon dies: what it was doing is lost, a name it had just reserved may be left with a container. */
    void daemonDies(boolean containersDie) {
        engine.line().breaksOff();
        boxes.interrupted().forEach((id, plan) -> {
            if (nature.way(2) == 0) {
                Box leftover = new Box(id, plan, false, now.get());
                boxes.put(leftover);
                engine.tell(leftover, "left over, created");
            }
        });
        boxes.freeNamesOfNobody();
        for (Box box : boxes.all()) {
            if (box.state == State.REMOVING) {
                box.state = State.EXITED;
            }
            if (containersDie && box.state.live()) {
                box.endedByItself = true;
                box.end(KILLED, now.get().plus(CLOCK_TICK));
                engine.tell(box, "lost its power");
            }
        }
    }

    /** What the engine does by itself with a container that has ended, under a restart policy that it must not have. */
    void comesBack(Box box) {
        if (box.state == State.EXITED) {
            box.begin(now.get());
            engine.tell(box, "restarted by the engine");
        }
    }

    /** The container dies of its own. */
    void dies(String name) {
        boxes.named(name).filter(box -> !box.foreign).ifPresent(box -> engine.endByItself(box, 0));
    }

    /** The kernel ends the container because it has taken too much memory. */
    void runsOutOfMemory(String name) {
        boxes.named(name).filter(box -> !box.foreign && box.state.live()).ifPresent(box -> {
            box.endedByItself = true;
            box.oomKilled = true;
            box.end(KILLED, now.get());
            engine.tell(box, "ran out of memory");
        });
    }

    // --- people ---

    /** Somebody else's running container of that name, if the name is free. */
    void intrude(ContainerPlan plan) {
        intrude(plan, State.RUNNING, now.get());
    }

    /** The same in any state, and as old as it is to be. */
    void intrude(ContainerPlan plan, State state, Instant createdAt) {
        if (!boxes.isTaken(plan.name())) {
            appear(new Box(boxes.nextId("foreign"), plan, true, createdAt), state);
        }
    }

    /**
     * Somebody makes a container by hand that looks like one of ours: a created one is never started, one that has
     * ended did so with 0. Nobody of ours is told.
     *
     * @param plan with the labels that make it look so
     * @param createdAt how old it is to be; it has run since then
     * @return empty if the name is taken
     */
    Optional<Box> somebodyMade(ContainerPlan plan, State state, Instant createdAt) {
        if (boxes.isTaken(plan.name())) {
            return Optional.empty();
        }
        Box box = new Box(boxes.nextId("hand"), plan, false, createdAt);
        box.byHand = true;
        appear(box, state);
        return Optional.of(box);
    }

    private void appear(Box box, State state) {
        if (state != State.CREATED) {
            box.begin(box.createdAt);
        }
        if (state == State.EXITED || state == State.DEAD) {
            box.end(0, now.get());
        }
        box.state = state;
        boxes.put(box);
    }

    /** Somebody removes a container by hand, running or not; its name is free at once. */
    void somebodyRemoved(String name) {
        boxes.named(name).ifPresent(box -> {
            if (box.state.live()) {
                box.endedByItself = true;
                box.end(KILLED, now.get());
            }
            boxes.remove(box);
            boxes.free(box);
            engine.tell(box, "removed by hand");
        });
    }
}
