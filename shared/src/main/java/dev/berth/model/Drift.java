package dev.berth.model;

/** A difference between what a host has and what is recorded of a game there, and with it what is to be done. */
public enum Drift {
    /** A container is ours, and nothing is recorded of its game. */
    UNRECORDED(OpKind.RECONCILE_ADOPT),
    /** The game's host has been silent for too long, or is given up. */
    LOST(OpKind.RECONCILE_ADOPT),
    /** The game was lost, and its host has its container after all. */
    FOUND_AGAIN(OpKind.RECONCILE_ADOPT),
    /** The game's container is not there. */
    MISSING(OpKind.RECONCILE_DISPOSE),
    /** A container of the game is there that is not the recorded one, or that runs although it is recorded as stopped. */
    SURPLUS(OpKind.RECONCILE_DISPOSE),
    /** The game's container has ended by itself. */
    EXITED(OpKind.STOP),
    /** A stop was asked for and could not be proven. */
    UNFINISHED_STOP(OpKind.STOP),
    /** A cleanup was asked for and could not be finished. */
    UNFINISHED_CLEANUP(OpKind.CLEANUP_CONTAINER),
    /** The host is to be emptied, and the game can run elsewhere. */
    TO_MOVE(OpKind.RESTART),
    /** The host is to be emptied, and the game is one that is stopped for that. */
    TO_STOP(OpKind.STOP),
    /** The host is to be emptied, and the game is stopped already. */
    TO_CLEAN_UP(OpKind.CLEANUP_CONTAINER);

    private final OpKind kind;

    Drift(OpKind kind) {
        this.kind = kind;
    }

    /** The operation that settles it. */
    public OpKind kind() {
        return kind;
    }
}
