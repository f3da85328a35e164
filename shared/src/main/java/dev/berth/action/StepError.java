package dev.berth.action;

import java.time.Instant;

/**
 * What went wrong in a step, or in its undo.
 *
 * @param text at most {@link #MAX_TEXT} characters; cut where it was longer, to keep small what it is kept with
 * @param undo whether it was the undo that failed, so that what the step did may still be there
 */
public record StepError(String step, boolean undo, String code, String text, Instant at) {
    static final int MAX_TEXT = 500;

    public StepError {
        text = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT - 3) + "..." : text;
    }
}
