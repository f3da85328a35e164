package dev.berth.sim;

/**
 * One call of a handler to the world.
 *
 * @param index of the call among the calls of this attempt, from 0
 * @param attempt of all attempts in the schedule, from 0
 */
record Call(int attempt, int index, Port port, String name) {
    /** What the call goes to. */
    enum Port {
        /** A single request, which the client library repeats if no answer comes. */
        STORE,
        /** A transaction: repeated by the client library under a token, so that it takes effect once. */
        TRANSACTION,
        /** Never repeated by the client library. */
        ENGINE,
        /** Repeated like a single request. */
        QUEUE;

        boolean repeatable() {
            return this == STORE || this == QUEUE;
        }
    }
}
