package dev.berth.ledger;

import dev.berth.model.Due;
import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.JobId;
import dev.berth.model.JobResult;
import dev.berth.model.Limits;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.OperationEntry;
import dev.berth.model.OperationFailed;
import dev.berth.model.Outcome;
import dev.berth.model.PinnedImage;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.Sha256;
import dev.berth.port.Clock;
import dev.berth.port.Commit;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Game;
import dev.berth.port.Games;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Lease;
import dev.berth.wire.SpecJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes the item of a game anew from its log, on an operator's word: of a game whose item is lost, or was restored as it
 * was at an earlier entry.
 *
 * <p>What is reserved on hosts stays as it is: their items were not lost, so what the record is bound to has been
 * reserved there ever since. Where the hosts were restored as well, their reservations are as old as that backup.
 */
public final class Rebuild {
    private static final String REFERENCE = "rebuild";

    private final Games games;
    private final Ledger ledger;
    private final Clock clock;

    public Rebuild(Games games, Ledger ledger, Clock clock) {
        this.games = games;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Reads the whole log, and makes the game what it says.
     *
     * @param spec that the game runs with: the log has only its hash. Where it is not given, the item keeps its own if
     *     that is the one
     * @throws OperationFailed {@code not_found} without a log, {@code log_corrupt} if it is not in order or the game's
     *     head is no part of it, {@code conflict} if there is nothing to rebuild or an entry cannot be read, {@code
     *     lease_held}, {@code invalid_request} if the spec is another one
     */
    public Rebuilt rebuild(GameId game, Optional<RuntimeSpec> spec) {
        LogNotes notes = new LogNotes(game);
        notes.read(ledger);
        Optional<String> hash = notes.state().flatMap(RuntimeRecord::specHash);
        spec.ifPresent(given -> requireOfRecord(given, hash));
        awaitEndOfOthers(game, notes);
        JobId job = new JobId(REFERENCE + "." + game + "." + (notes.end().seq() + 1));
        return switch (games.acquire(game, job.value(), Limits.LEASE)) {
            case Acquisition.Held held ->
                underLease(
                        held,
                        job,
                        notes,
                        spec.or(() ->
                                held.game().spec().filter(kept -> hash.equals(Optional.of(SpecJson.hash(kept))))));
            case Acquisition.Busy(Instant until) ->
                throw new OperationFailed(ErrorCode.LEASE_HELD, "another operation holds the game until " + until);
            case Acquisition.Finished _ ->
                throw new OperationFailed(ErrorCode.LOG_CORRUPT, "the entry of an earlier rebuild is missing: " + job);
        };
    }

    /** Whoever held the game when its item was lost may be at its host until the end of that lease, and no longer. */
    private void awaitEndOfOthers(GameId game, LogNotes notes) {
        boolean fits = games.find(game).map(Game::head).equals(Optional.of(notes.end()));
        if (!fits) {
            clock.pause(Limits.LEASE);
        }
    }

    private Rebuilt underLease(Acquisition.Held held, JobId job, LogNotes notes, Optional<RuntimeSpec> spec) {
        try {
            requireUseful(held, notes);
        } catch (OperationFailed refused) {
            release(held.lease(), refused);
            throw refused;
        }
        Lease lease = games.raise(held.lease(), new Fence(notes.highestFence() + Limits.REBUILT_FENCES));
        return commit(lease, held.game(), job, notes, spec);
    }

    private void requireUseful(Acquisition.Held held, LogNotes notes) {
        LogHead head = held.game().head();
        boolean recorded = held.game().record().equals(notes.state());
        if (!held.endOfLog().equals(notes.end()) || (head.equals(notes.end()) && recorded)) {
            throw new OperationFailed(
                    ErrorCode.CONFLICT,
                    held.fitsItsLog()
                            ? "there is nothing to rebuild: the game fits its log, which ends with entry " + head.seq()
                            : "the log has become another one while it was read");
        }
        if (head.equals(notes.end()) && held.game().deployment().isPresent()) {
            throw new OperationFailed(
                    ErrorCode.CONFLICT, "an operation is open on the game: it is to be finished first");
        }
        boolean earlier = head.equals(LogHead.EMPTY)
                || ledger.entry(held.game().id(), head.seq())
                        .map(LoggedEntry::head)
                        .equals(Optional.of(head));
        if (!earlier) {
            throw new OperationFailed(
                    ErrorCode.LOG_CORRUPT, "the head that the game knows is no part of the log: entry " + head.seq());
        }
    }

    private static void requireOfRecord(RuntimeSpec given, Optional<String> hash) {
        if (!hash.equals(Optional.of(SpecJson.hash(given)))) {
            throw new OperationFailed(
                    ErrorCode.INVALID_REQUEST,
                    "spec must be the one that the game was last started with: its hash is "
                            + hash.orElse("not known"));
        }
    }

    private Rebuilt commit(Lease lease, Game game, JobId job, LogNotes notes, Optional<RuntimeSpec> spec) {
        Instant now = clock.now();
        OperationEntry entry = entry(lease, job, notes, now);
        Commit commit = new Commit(
                Optional.of(entry),
                notes.state(),
                spec,
                game.head().equals(notes.end()) ? game.lastRequestedAt() : notes.lastRequestedAt(),
                Optional.of(new FinishedJob(job.value(), Sha256.hex(job.value()), result(entry))),
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Due.at(notes.state(), spec, now));
        if (!games.commit(lease, commit)) {
            throw new OperationFailed(ErrorCode.CONFLICT, "the game was rebuilt by somebody else");
        }
        return new Rebuilt(entry.op(), entry.seq(), entry.fence(), notes.state());
    }

    private static OperationEntry entry(Lease lease, JobId job, LogNotes notes, Instant now) {
        Optional<RuntimeRecord> state = notes.state();
        return new OperationEntry(
                lease.game(),
                notes.end().seq() + 1,
                OpId.of(job),
                job,
                OpKind.RECONCILE_ADOPT,
                OpSource.ADMIN_REST,
                Optional.of(REFERENCE),
                state.flatMap(RuntimeRecord::host),
                state.flatMap(RuntimeRecord::image).map(PinnedImage::ref),
                state.flatMap(RuntimeRecord::image).map(PinnedImage::digest),
                state.flatMap(RuntimeRecord::container).map(container -> container.id()),
                lease.fence(),
                Outcome.SUCCESS,
                Effect.OBSERVED,
                Optional.empty(),
                now,
                now,
                state,
                notes.end().hash());
    }

    private static JobResult result(OperationEntry entry) {
        return new JobResult(
                entry.job(),
                entry.game(),
                entry.kind(),
                entry.source(),
                entry.sourceRef(),
                entry.outcome(),
                entry.effect(),
                entry.failure(),
                entry.host(),
                entry.container(),
                entry.image(),
                entry.imageDigest(),
                List.of(),
                Optional.of(entry.seq()),
                entry.startedAt(),
                entry.finishedAt());
    }

    /** What is open on it stays as it is: nothing was changed. */
    private void release(Lease lease, OperationFailed refused) {
        try {
            games.release(lease, Optional.empty());
        } catch (OperationFailed unreleased) {
            // The lease runs out by itself; what went wrong first is what counts.
            refused.addSuppressed(unreleased);
        }
    }
}
