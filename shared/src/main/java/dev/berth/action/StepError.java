package dev.berth.action;

import java.time.Instant;

/**
 * What went wrong in a step, or in its undo.
 *
 * @param undo whether it was the undo that failed, so that what the step did may still be there
 */
public record StepError(String step, boolean undo, String code, String text, Instant at) {}
