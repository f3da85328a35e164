package dev.berth.action;

/** An action, a step or a name of one is not of the form that it must have. */
public final class ActionRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What is wrong. */
    public enum Reason {
        /** No action was given at all. */
        NIL,
        /** It has no name. */
        NAMELESS,
        /** It has no steps. */
        EMPTY,
        /** Two of its steps have the same name. */
        STEP_NAMES_NOT_UNIQUE,
        /** It has no step of that name. */
        UNKNOWN_STEP,
        /** What a step does cannot be replaced. */
        STEP_REPLACED,
        /** The application has an action of that name already. */
        DUPLICATE,
        /** The application has no action of that name. */
        UNKNOWN
    }

    ActionRefused(Reason reason, String text) {
        super(text);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
