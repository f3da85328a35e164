package dev.berth.sim;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The way to the models when nothing goes wrong: for tests of the models themselves. */
final class DirectLine implements ModelGames.Line, SimContainerHost.Line {
    private final Scheduler scheduler;
    private final Consumer<String> asked;
    private int owners;

    DirectLine(Scheduler scheduler) {
        this(scheduler, _ -> {});
    }

    /** @param asked is told of everything that is asked for */
    DirectLine(Scheduler scheduler, Consumer<String> asked) {
        this.scheduler = scheduler;
        this.asked = asked;
    }

    @Override
    public <T> T request(String what, Supplier<T> effect) {
        asked.accept(what);
        return effect.get();
    }

    @Override
    public <T> T transaction(String what, Supplier<T> effect) {
        asked.accept(what);
        return effect.get();
    }

    @Override
    public String newOwner() {
        return "owner " + owners++;
    }

    @Override
    public <T> T call(String what, Duration limit, Consumer<Reply<T>> request) {
        asked.accept(what);
        Object[] answer = new Object[2];
        boolean[] given = new boolean[1];
        request.accept(new Reply<>((value, failure) -> {
            answer[0] = value;
            answer[1] = failure;
            given[0] = true;
        }));
        scheduler.runUntil(() -> given[0]);
        if (answer[1] instanceof RuntimeException failure) {
            throw failure;
        }
        @SuppressWarnings("unchecked") // Just put there by the reply.
        T value = (T) answer[0];
        return value;
    }

    @Override
    public void pause(Duration duration) {
        boolean[] over = new boolean[1];
        scheduler.after(duration.toMillis(), () -> over[0] = true);
        scheduler.runUntil(() -> over[0]);
    }
}
