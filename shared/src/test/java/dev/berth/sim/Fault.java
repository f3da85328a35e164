package dev.berth.sim;

/** What may go wrong with one call. */
enum Fault {
    /** Nothing. */
    NONE,
    /** The handler dies before the call is made. */
    DIE_BEFORE,
    /** The call takes effect, and the handler dies without hearing of it. */
    DIE_AFTER,
    /** The call fails and changes nothing. */
    ERROR_BEFORE,
    /** The call takes effect, and its answer is an error. */
    REPLY_LOST,
    /** The caller's time runs out; the call takes effect long after. */
    LATE,
    /** The handler stands still for a while, perhaps longer than its lease, and then makes the call. */
    PAUSED,
    /** The client library makes the call twice because the first answer got lost. */
    TWICE
}
