package dev.berth.model;

/**
 * Settle a difference that was seen on a host, if it is still there once the game is held. Made by reconcile; no message
 * carries it.
 */
public record SettleJob(GameId game, Request request, HostId host, Drift drift) implements Job {
    @Override
    public OpKind kind() {
        return drift.kind();
    }
}
