package dev.berth.ledger;

/**
 * An entry of a log that is not as it should be.
 *
 * @param text what is wrong, to be read after "entry 7"
 */
public record BadEntry(long seq, String text) {
    @Override
    public String toString() {
        return "entry " + seq + " " + text;
    }
}
