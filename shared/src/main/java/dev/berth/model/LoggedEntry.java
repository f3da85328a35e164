package dev.berth.model;

import java.util.Optional;

/**
 * An entry as it stands in the log, whether it can be read or not.
 *
 * @param prevHash what it says the hash of the entry before is
 * @param hash the one that was written with it
 * @param computed the one that its content has; another one if it was changed since
 * @param line canonical JSON of all its fields, hashes included: one line of an archive
 */
public record LoggedEntry(
        GameId game, long seq, String prevHash, String hash, String computed, Content content, String line) {

    /** What an entry tells, as far as this version of Berth can read it. */
    public sealed interface Content {
        record Known(OperationEntry entry) implements Content {}

        /** @param why it cannot be read: for people */
        record Unknown(String why) implements Content {}
    }

    /** The end of a log whose last entry this is. */
    public LogHead head() {
        return new LogHead(seq, hash);
    }

    /** Whether it is what was written. */
    public boolean isWhole() {
        return hash.equals(computed);
    }

    /** Empty if it cannot be read. */
    public Optional<OperationEntry> entry() {
        return switch (content) {
            case Content.Known(OperationEntry entry) -> Optional.of(entry);
            case Content.Unknown _ -> Optional.empty();
        };
    }
}
