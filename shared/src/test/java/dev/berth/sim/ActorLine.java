package dev.berth.sim;

import dev.berth.port.Lease;
import dev.berth.sim.Call.Port;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The way of one attempt to store and engines. */
final class ActorLine implements ModelGames.Line, SimContainerHost.Line {
    private final Actor actor;

    ActorLine(Actor actor) {
        this.actor = actor;
    }

    @Override
    public <T> T request(String what, Supplier<T> effect) {
        return actor.atOnce(Port.STORE, what, effect);
    }

    @Override
    public <T> T transaction(String what, Supplier<T> effect) {
        return actor.atOnce(Port.TRANSACTION, what, effect);
    }

    @Override
    public String newOwner() {
        return actor.newOwner();
    }

    @Override
    public boolean claimFirst() {
        return actor.sim().faults().way(2) == 0;
    }

    @Override
    public boolean indexIsLate() {
        return actor.sim().faults().indexIsLate();
    }

    @Override
    public void acquired(Lease lease) {
        actor.holds(lease);
    }

    @Override
    public <T> T call(String what, Duration limit, Consumer<Reply<T>> request) {
        return actor.call(Port.ENGINE, what, limit, request);
    }

    @Override
    public void pause(Duration duration) {
        actor.pause(duration);
    }
}
