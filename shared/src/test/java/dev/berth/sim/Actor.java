package dev.berth.sim;

import dev.berth.model.ErrorCode;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.OperationFailed;
import dev.berth.port.Clock;
import dev.berth.port.Lease;
import dev.berth.sim.Call.Port;
import dev.berth.sim.Scheduler.Strand;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One attempt of a handler, from its message to its verdict. Everything it asks of the world goes through {@link
 * #call}, where it may be delayed, fail, be repeated, or die.
 */
final class Actor implements Clock {
    private static final long STORE_LIMIT = 10_000;

    private final Sim sim;
    private final int number;
    private final String name;
    private final SimClock clock;
    private Strand strand;
    private int calls;
    private int owners;
    private final Map<GameId, Fence> fences = new HashMap<>();
    private Fence fence = new Fence(0);

    Actor(Sim sim, int number, String name, SimClock clock) {
        this.sim = sim;
        this.number = number;
        this.name = name;
        this.clock = clock;
    }

    void runs(Strand itself) {
        strand = itself;
    }

    Sim sim() {
        return sim;
    }

    /** Whether it is none of our handlers, but somebody with an opinion about hosts. */
    boolean isOperator() {
        return name.startsWith("operator");
    }

    /** The fence that it was given last of a game; 0 where it never was. */
    Fence fence(GameId game) {
        return fences.getOrDefault(game, new Fence(0));
    }

    void holds(Lease lease) {
        fence = lease.fence();
        fences.put(lease.game(), fence);
    }

    String newOwner() {
        return number + "." + owners++;
    }

    void tell(String what) {
        tell(() -> what);
    }

    /** Most schedules are not traced: what nobody reads is not put into words. */
    private void tell(Supplier<String> what) {
        sim.trace()
                .line(
                        sim.scheduler().now(),
                        () -> name + (fence.value() > 0 ? " [fence " + fence + "] " : " ") + what.get());
    }

    // --- time ---

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public void pause(Duration duration) {
        sleep(clock.trueMillis(duration));
    }

    private void sleep(long millis) {
        sim.scheduler().after(millis, strand::wake);
        strand.sleep();
    }

    // --- calls ---

    /** A call to the store or a queue, which takes effect at once when it arrives. */
    <T> T atOnce(Port port, String what, Supplier<T> effect) {
        return call(port, what, Duration.ofMillis(STORE_LIMIT), reply -> {
            try {
                reply.answer(effect.get());
            } catch (OperationFailed refused) {
                reply.fail(refused);
            }
        });
    }

    /** A call whose answer the model gives when it is ready. */
    <T> T call(Port port, String what, Duration limit, Consumer<Reply<T>> request) {
        Call call = new Call(number, calls++, port, what);
        sim.recorded(call);
        Fault fault = sim.faults().at(call);
        if (fault != Fault.NONE) {
            tell("!! " + fault + " at call " + call.index() + ", " + what);
        }
        if (fault == Fault.PAUSED) {
            sleep(sim.faults().standstill());
        }
        if (fault == Fault.DIE_BEFORE) {
            die();
        }
        if (fault == Fault.ERROR_BEFORE) {
            sleep(sim.faults().travel());
            throw failure(port);
        }
        Answer<T> answer = new Answer<>(call, fault);
        Runnable arrival = () -> sim.acting(this, answer::isGivenUp, () -> request.accept(answer.reply()));
        long limitMillis = clock.trueMillis(limit);
        if (fault == Fault.LATE) {
            long late = limitMillis + sim.faults().lateness();
            sim.restless(late);
            sim.scheduler().after(late, arrival);
        } else {
            sim.scheduler().after(sim.faults().travel(), arrival);
        }
        if (fault == Fault.TWICE) {
            sim.scheduler()
                    .after(
                            sim.faults().travel() + 1,
                            () -> sim.acting(this, answer::isGivenUp, () -> request.accept(answer.second())));
        }
        if (fault == Fault.DIE_AFTER) {
            die();
        }
        sim.scheduler().after(limitMillis, () -> answer.timeOut(what));
        return answer.await();
    }

    private void die() {
        sim.died(this);
        strand.kill();
        strand.sleep();
    }

    private RuntimeException failure(Port port) {
        List<ErrorCode> codes = switch (port) {
            case STORE, TRANSACTION, QUEUE -> List.of(ErrorCode.STORE_UNAVAILABLE);
            case ENGINE -> List.of(ErrorCode.HOST_UNREACHABLE, ErrorCode.DOCKER_ERROR, ErrorCode.TLS_FAILED);
        };
        return new OperationFailed(codes.get(sim.faults().way(codes.size())), "simulated");
    }

    private static RuntimeException timedOut(Port port, String what) {
        return new OperationFailed(
                port == Port.ENGINE ? ErrorCode.HOST_UNREACHABLE : ErrorCode.STORE_UNAVAILABLE, "no answer to " + what);
    }

    /** The way back of one call. */
    private final class Answer<T> {
        private final Call call;
        private final Fault fault;
        private boolean settled;
        private T value;
        private RuntimeException failure;

        Answer(Call call, Fault fault) {
            this.call = call;
            this.fault = fault;
        }

        Reply<T> reply() {
            return switch (fault) {
                // Of two calls, the answer of the second one is heard.
                case TWICE -> new Reply<>((result, refused) -> tell(call.name() + " takes effect a first time"));
                case REPLY_LOST -> new Reply<>((result, refused) -> travelBack(null, failure(call.port())));
                default -> second();
            };
        }

        Reply<T> second() {
            return new Reply<>(this::travelBack);
        }

        private void travelBack(T result, RuntimeException refused) {
            tell(() -> call.name() + " -> " + (refused == null ? result : refused.getMessage()));
            sim.scheduler().after(sim.faults().travel(), () -> settle(result, refused));
        }

        void settle(T result, RuntimeException refused) {
            if (!settled && !strand.isOver()) {
                settled = true;
                value = result;
                failure = refused;
                strand.wake();
            }
        }

        void timeOut(String what) {
            if (!isGivenUp()) {
                settle(null, timedOut(call.port(), what));
            }
        }

        /** Whether nobody waits for it any more. */
        boolean isGivenUp() {
            return settled || strand.isOver();
        }

        T await() {
            strand.sleep();
            if (failure != null) {
                throw failure;
            }
            return value;
        }
    }
}
