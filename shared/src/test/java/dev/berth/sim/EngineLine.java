package dev.berth.sim;

import dev.berth.model.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** How an engine is reached: cut off, frozen, or broken off in the middle of what it was doing. */
final class EngineLine {
    private final Scheduler scheduler;
    private final List<Runnable> frozen = new ArrayList<>();
    private boolean up = true;
    private boolean still;
    private int boots;

    EngineLine(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** A request comes in: it is refused, waits, or is handled. */
    void receive(Reply<?> reply, Runnable handling, EngineModel.Watch watch) {
        if (!up) {
            reply.fail(ErrorCode.HOST_UNREACHABLE, "connection refused");
        } else if (still) {
            frozen.add(watch.bound(() -> receive(reply, handling, watch)));
        } else {
            handling.run();
        }
    }

    /** Something that an interruption of the engine may leave undone. */
    void later(long millis, Reply<?> reply, Runnable rest, EngineModel.Watch watch) {
        int boot = boots;
        scheduler.after(millis, watch.bound(() -> {
            if (boot == boots) {
                receive(reply, rest, watch);
            }
        }));
    }

    void freeze() {
        still = true;
    }

    void thaw() {
        still = false;
        List<Runnable> waiting = List.copyOf(frozen);
        frozen.clear();
        waiting.forEach(Runnable::run);
    }

    /** Nobody can reach it; what runs goes on. */
    void cutOff() {
        up = false;
    }

    void reachable() {
        up = true;
    }

    /** What it was doing is lost, and so is what waited. */
    void breaksOff() {
        boots++;
        up = false;
        still = false;
        frozen.clear();
    }
}
