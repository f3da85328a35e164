package dev.berth.action;

import java.time.Instant;

/**
 * What went wrong in a step, or in its undo.
 *
 * @param text for people
 * @param undo whether it was the undo that failed, so that what the step did may still be there
 */
public record StepError(String step, boolean undo, String code, String text, Instant at) {
    static final int MAX_TEXT = 500;

    /** The same with a text of at most {@link #MAX_TEXT} characters, to keep small what it is kept with. */
    StepError shortened() {
        return text.length() > MAX_TEXT
                ? new StepError(step, undo, code, text.substring(0, MAX_TEXT - 3) + "...", at)
                : this;
    }
}
