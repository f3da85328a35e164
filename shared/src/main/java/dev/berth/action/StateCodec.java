package dev.berth.action;

/** Writes a state down between two steps and reads it back, perhaps in another process. */
public interface StateCodec<S> {
    String write(S state);

    S read(String text);
}
