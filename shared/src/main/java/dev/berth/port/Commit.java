package dev.berth.port;

import dev.berth.action.Deployment;
import dev.berth.model.JobResult;
import dev.berth.model.OperationEntry;
import dev.berth.model.Outcome;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The end of an operation: written in one transaction, or not at all.
 *
 * @param entry empty for a job on a game that is not known
 * @param record what the game's record is from now on
 * @param spec how the game is run from now on
 * @param claim the finished job; empty for an inner operation, which has no job of its own
 * @param givenBack what was reserved and is no longer needed
 * @param taken what is reserved whether there is room or not, because it is in use already
 * @param keepLease whether the same attempt goes on with the game
 * @param deployment the open deployment as it goes on, as it does around an inner operation; closed where empty
 * @param dueAt when the game is next to be looked at, where that is set anew; see {@link #setsDue}
 */
public record Commit(
        Optional<OperationEntry> entry,
        Optional<RuntimeRecord> record,
        Optional<RuntimeSpec> spec,
        Optional<Instant> lastRequestedAt,
        Optional<FinishedJob> claim,
        List<Placement> givenBack,
        List<Placement> taken,
        boolean keepLease,
        Optional<Deployment> deployment,
        Optional<Instant> dueAt) {

    /**
     * A finished job as it is kept.
     *
     * @param key the job id; for a second job under a known id, that id, {@code #} and the hash of its content
     */
    public record FinishedJob(String key, String contentHash, JobResult result) {}

    /** Whether the game is due anew: its record becomes another one, or what was due could not be done. */
    public boolean setsDue() {
        return entry.map(told -> told.change().isPresent() || isDueAndFailed(told))
                .orElse(dueAt.isPresent());
    }

    /** What comes of itself would come again at once otherwise, and leave an entry each time. */
    public static boolean isDueAndFailed(OperationEntry entry) {
        return entry.source().isByItself() && entry.outcome() == Outcome.FAILURE;
    }

    public Commit {
        givenBack = List.copyOf(givenBack);
        taken = List.copyOf(taken);
    }
}
