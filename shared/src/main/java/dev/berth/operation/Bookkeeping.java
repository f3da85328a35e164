package dev.berth.operation;

import dev.berth.action.Deployment;
import dev.berth.model.Due;
import dev.berth.model.Failure;
import dev.berth.model.HostId;
import dev.berth.model.ImageRef;
import dev.berth.model.JobResult;
import dev.berth.model.Limits;
import dev.berth.model.LogHead;
import dev.berth.model.OpKind;
import dev.berth.model.OperationEntry;
import dev.berth.model.Outcome;
import dev.berth.model.PinnedImage;
import dev.berth.model.Placement;
import dev.berth.model.Request;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Commit;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Game;
import dev.berth.wire.EntryJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes log entry, result and commit of what an operation came to. */
final class Bookkeeping {
    private Bookkeeping() {}

    static LogHead head(OperationEntry entry) {
        return new LogHead(entry.seq(), EntryJson.hash(entry));
    }

    /**
     * The end of an operation inside of another one, which goes on.
     *
     * @param outer the deployment as it goes on
     */
    static Commit inner(Attempt attempt, OpKind kind, Instant began, Conclusion conclusion, Deployment outer) {
        Instant now = attempt.now();
        return new Commit(
                Optional.of(entry(attempt, kind, began, conclusion, now)),
                conclusion.record(),
                conclusion.spec(),
                attempt.game().lastRequestedAt(),
                Optional.empty(),
                givenBack(attempt.game().record(), conclusion),
                List.of(),
                true,
                Optional.of(outer),
                Due.at(conclusion.record(), conclusion.spec(), now));
    }

    /** @param logged whether it goes into the log; a refused job on a game that is not known does not */
    static Commit commit(Attempt attempt, Conclusion conclusion, String claimKey, boolean logged, boolean keepLease) {
        Game game = attempt.game();
        Instant now = attempt.now();
        Optional<OperationEntry> entry = logged
                ? Optional.of(entry(attempt, attempt.kind(), attempt.startedAt(), conclusion, now))
                : Optional.empty();
        JobResult result = result(attempt, conclusion, entry.map(OperationEntry::seq), now);
        return new Commit(
                entry,
                conclusion.record(),
                conclusion.spec(),
                conclusion.applied() ? latest(game, attempt.request()) : game.lastRequestedAt(),
                Optional.of(new FinishedJob(claimKey, attempt.request().contentHash(), result)),
                givenBack(game.record(), conclusion),
                taken(game.record(), conclusion),
                keepLease,
                Optional.empty(),
                dueAt(entry, conclusion, now));
    }

    /**
     * A job is answered, and everything else about the game stays as it is. What comes of itself comes again, as another
     * job: it must not be answered with this result once the game is in order.
     */
    static Commit answer(Attempt attempt, Failure why, String claimKey) {
        Game game = attempt.game();
        boolean byItself = attempt.request().source().isByItself();
        Conclusion refused = Conclusion.refused(game, why, false);
        JobResult result = result(attempt, refused, Optional.empty(), attempt.now());
        return new Commit(
                Optional.empty(),
                game.record(),
                game.spec(),
                game.lastRequestedAt(),
                Optional.of(new FinishedJob(claimKey, attempt.request().contentHash(), result)),
                List.of(),
                List.of(),
                false,
                game.deployment(),
                byItself ? Optional.of(attempt.now().plus(Limits.DUE_AGAIN)) : Optional.empty());
    }

    private static Optional<Instant> dueAt(Optional<OperationEntry> entry, Conclusion conclusion, Instant now) {
        Optional<Instant> due = Due.at(conclusion.record(), conclusion.spec(), now);
        Instant again = now.plus(Limits.DUE_AGAIN);
        return entry.filter(Commit::isDueAndFailed).isPresent() ? due.map(at -> at.isBefore(again) ? again : at) : due;
    }

    private static Optional<Instant> latest(Game game, Request request) {
        return Optional.of(game.lastRequestedAt()
                .filter(before -> before.isAfter(request.requestedAt()))
                .orElse(request.requestedAt()));
    }

    private static List<Placement> givenBack(Optional<RuntimeRecord> before, Conclusion conclusion) {
        List<Placement> held = new ArrayList<>();
        before.flatMap(RuntimeRecord::placement).ifPresent(held::add);
        conclusion.reserved().ifPresent(held::add);
        conclusion.record().flatMap(RuntimeRecord::placement).ifPresent(held::remove);
        return held;
    }

    /** A place that the new record has and nobody has reserved: of a container that was found. */
    private static List<Placement> taken(Optional<RuntimeRecord> before, Conclusion conclusion) {
        Optional<Placement> had = before.flatMap(RuntimeRecord::placement);
        return conclusion.record().flatMap(RuntimeRecord::placement).stream()
                .filter(place -> !had.equals(Optional.of(place))
                        && !conclusion.reserved().equals(Optional.of(place)))
                .toList();
    }

    private static OperationEntry entry(
            Attempt attempt, OpKind kind, Instant began, Conclusion conclusion, Instant now) {
        Game game = attempt.game();
        Request request = attempt.request();
        Optional<RuntimeRecord> told = told(game, conclusion);
        return new OperationEntry(
                game.id(),
                game.head().seq() + 1,
                request.op(),
                request.job(),
                kind,
                request.source(),
                correlation(attempt),
                host(told, conclusion),
                image(told, conclusion),
                digest(told, conclusion),
                told.flatMap(RuntimeRecord::container).map(container -> container.id()),
                attempt.fence(),
                conclusion.outcome(),
                conclusion.effect(),
                conclusion.failure().map(why -> why.with(request.op())),
                began,
                notBefore(began, now),
                conclusion.record().equals(game.record()) ? Optional.empty() : conclusion.record(),
                game.head().hash());
    }

    /** What leaves several entries gives them all one correlation. */
    private static Optional<String> correlation(Attempt attempt) {
        Request request = attempt.request();
        return switch (attempt.kind()) {
            case RESTART, PATCH ->
                Optional.of(request.sourceRef().orElse(request.op().value()));
            case START, STOP, CLEANUP_CONTAINER, RECONCILE_ADOPT, RECONCILE_DISPOSE -> request.sourceRef();
        };
    }

    private static JobResult result(Attempt attempt, Conclusion conclusion, Optional<Long> seq, Instant now) {
        Request request = attempt.request();
        Optional<RuntimeRecord> told = told(attempt.game(), conclusion);
        boolean answers = conclusion.outcome() == Outcome.SUCCESS
                && told.filter(record -> record.status() == RuntimeStatus.RUNNING)
                        .isPresent();
        return new JobResult(
                request.job(),
                attempt.game().id(),
                attempt.kind(),
                request.source(),
                request.sourceRef(),
                conclusion.outcome(),
                conclusion.effect(),
                conclusion.failure().map(why -> why.with(request.op())),
                host(told, conclusion),
                told.flatMap(RuntimeRecord::container).map(container -> container.id()),
                image(told, conclusion),
                digest(told, conclusion),
                answers ? told.orElseThrow().container().orElseThrow().endpoints() : List.of(),
                seq,
                attempt.startedAt(),
                notBefore(attempt.startedAt(), now));
    }

    /** What an entry tells of: the new record, or the old one where an operation took its facts away. */
    private static Optional<RuntimeRecord> told(Game game, Conclusion conclusion) {
        return conclusion
                .record()
                .filter(record -> record.container().isPresent())
                .or(game::record)
                .or(conclusion::record);
    }

    private static Optional<HostId> host(Optional<RuntimeRecord> told, Conclusion conclusion) {
        return conclusion.reserved().map(Placement::host).or(() -> told.flatMap(RuntimeRecord::host));
    }

    private static Optional<ImageRef> image(Optional<RuntimeRecord> told, Conclusion conclusion) {
        return conclusion.image().or(() -> told.flatMap(RuntimeRecord::image).map(PinnedImage::ref));
    }

    private static Optional<String> digest(Optional<RuntimeRecord> told, Conclusion conclusion) {
        return conclusion.image().isPresent()
                ? Optional.empty()
                : told.flatMap(RuntimeRecord::image).map(PinnedImage::digest);
    }

    /** Another attempt's clock may have been ahead of ours; an entry never ends before it starts. */
    private static Instant notBefore(Instant start, Instant now) {
        return now.isBefore(start) ? start : now;
    }
}
