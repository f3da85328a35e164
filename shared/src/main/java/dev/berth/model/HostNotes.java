package dev.berth.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a host beside what was registered: what an operator said of it, and what reconcile saw there.
 *
 * @param version how often state or notes were changed; a change is conditional on it
 * @param givenUp an operator's word that nothing of it will ever run again unnoticed: its games may leave it unproven
 * @param silentSince since when it has not answered
 * @param missing running games whose container was not there, and since when
 * @param drain what is to leave it; present while it takes no new games because an operator wants it empty
 */
public record HostNotes(
        long version,
        boolean givenUp,
        Optional<Instant> silentSince,
        Map<GameId, Instant> missing,
        Optional<Drain> drain) {
    public static final HostNotes NONE = new HostNotes(0, false, Optional.empty(), Map.of(), Optional.empty());

    /**
     * What an operator wants to be gone from a host.
     *
     * @param games those that were bound to it when the drain began
     * @param blocked those that cannot leave at the moment, and why
     * @param failed those that were to leave and did not, and why: a move that fails takes a game down for a moment, so
     *     that it is not tried again until an operator says so
     * @param begun those that are about to leave, and how many entries their logs had before: one with as many has not
     *     been begun, one with more, that is still there, has failed
     */
    public record Drain(
            Instant since,
            List<GameId> games,
            Map<GameId, String> blocked,
            Map<GameId, String> failed,
            Map<GameId, Long> begun) {
        public Drain {
            games = List.copyOf(games);
            blocked = Map.copyOf(blocked);
            failed = Map.copyOf(failed);
            begun = Map.copyOf(begun);
        }

        /** Of which nothing is said yet but what is to leave, and what cannot. */
        public Drain(Instant since, List<GameId> games, Map<GameId, String> blocked) {
            this(since, games, blocked, Map.of(), Map.of());
        }

        public Drain withBlocked(Map<GameId, String> others) {
            return new Drain(since, games, others, failed, begun);
        }

        public Drain withFailed(Map<GameId, String> others) {
            return new Drain(since, games, blocked, others, begun);
        }

        public Drain withBegun(Map<GameId, Long> others) {
            return new Drain(since, games, blocked, failed, others);
        }
    }

    public HostNotes {
        missing = Map.copyOf(missing);
    }

    public HostNotes withGivenUp(boolean word) {
        return new HostNotes(version, word, silentSince, missing, drain);
    }

    public HostNotes withSilentSince(Optional<Instant> since) {
        return new HostNotes(version, givenUp, since, missing, drain);
    }

    public HostNotes withMissing(Map<GameId, Instant> seen) {
        return new HostNotes(version, givenUp, silentSince, seen, drain);
    }

    public HostNotes withDrain(Optional<Drain> wanted) {
        return new HostNotes(version, givenUp, silentSince, missing, wanted);
    }
}
