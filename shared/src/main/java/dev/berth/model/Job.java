package dev.berth.model;

/** One request in a queue: do this operation on this game. A job that exists is valid. */
public sealed interface Job permits StartJob, StopJob, RestartJob, PatchJob, CleanupJob, SettleJob {
    GameId game();

    Request request();

    OpKind kind();
}
