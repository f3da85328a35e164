package dev.berth.model;

/**
 * The end of a game's operation log.
 *
 * @param seq of the last entry; 0 where there is none
 * @param hash of the last entry; {@link #GENESIS} where there is none
 */
public record LogHead(long seq, String hash) {
    /** What the first entry of every log is chained to. */
    public static final String GENESIS = "0".repeat(64);

    public static final LogHead EMPTY = new LogHead(0, GENESIS);
}
