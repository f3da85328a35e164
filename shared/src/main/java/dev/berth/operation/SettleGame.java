package dev.berth.operation;

import dev.berth.model.CleanupJob;
import dev.berth.model.Drift;
import dev.berth.model.Exit;
import dev.berth.model.Fence;
import dev.berth.model.GameContainer;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.RestartRule;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.model.SettleJob;
import dev.berth.model.StopJob;
import dev.berth.model.StopReason;
import dev.berth.operation.Drifts.Standing;
import dev.berth.port.Bound;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost;
import dev.berth.port.Game;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides under the lease what is done about a difference that was seen without it: the difference is looked for once
 * more, from the game's item and from the engine, and if it is another one by now, nothing is done.
 */
final class SettleGame {
    private SettleGame() {}

    static Settlement decide(SettleJob job, Attempt attempt) {
        Optional<Host> host = attempt.world().hosts().read(job.host());
        if (host.isEmpty()) {
            return new Settlement.Nothing();
        }
        return job.drift() == Drift.LOST ? lost(host.get(), attempt) : seen(job, host.get(), attempt);
    }

    private static Settlement lost(Host host, Attempt attempt) {
        return attempt.game()
                .record()
                .filter(record -> record.status() == RuntimeStatus.RUNNING)
                .filter(record -> host.state() == HostState.LOST && isOn(host.id(), record))
                .<Settlement>map(record -> observed(record.lost(), attempt))
                .orElseGet(Settlement.Nothing::new);
    }

    private static Settlement seen(SettleJob job, Host host, Attempt attempt) {
        ContainerHost engine = attempt.connect(job.host());
        Instant now = attempt.now();
        List<OurContainer> there = OurContainer.on(engine, attempt)
                .map(container -> container.closer(engine, now))
                .toList();
        Optional<Drift> drift = Drifts.of(standing(attempt.game(), host.id()), there, host, now);
        Optional<Drift> how =
                drift.flatMap(found -> DrainNotes.isLeaving(found) ? leaving(found, host, attempt.game()) : drift);
        if (!how.equals(Optional.of(job.drift()))) {
            return new Settlement.Nothing(how);
        }
        return switch (job.drift()) {
            case UNRECORDED -> Adoption.of(host.id(), there, engine, attempt);
            case FOUND_AGAIN, EXITED -> follow(engine, attempt);
            case MISSING -> dispose(engine, attempt);
            case SURPLUS -> clear(host.id(), there, attempt);
            case UNFINISHED_STOP -> stop(job, StopReason.ADMIN_REQUEST, attempt);
            case TO_STOP -> stop(job, StopReason.DRAIN, attempt);
            case UNFINISHED_CLEANUP, TO_CLEAN_UP ->
                new Settlement.Cleanup(new CleanupJob(job.game(), job.request(), false));
            case TO_MOVE -> new Settlement.Move();
            case LOST -> new Settlement.Nothing();
        };
    }

    /** What is recorded of a game, as a host may want to know it. */
    static Standing standing(Game game, HostId host) {
        return game.record()
                .filter(record -> isOn(host, record))
                .map(record -> Standing.here(new Bound(
                        game.id(),
                        record.status(),
                        record.desired(),
                        record.container().map(GameContainer::id))))
                .orElseGet(() -> Standing.elsewhere(game.known()));
    }

    private static boolean isOn(HostId host, RuntimeRecord record) {
        return record.host().equals(Optional.of(host));
    }

    /** What was left open may have been undone just now, which is as good as a move that failed. */
    private static Optional<Drift> leaving(Drift drift, Host host, Game game) {
        return switch (Departure.of(drift, host, game)) {
            case Departure.Leaves(Drift how) -> Optional.of(how);
            case Departure.Stays _ -> Optional.empty();
        };
    }

    // --- the record follows what is observed ---

    /** The container of a lost game, or one that has ended by itself. */
    private static Settlement follow(ContainerHost engine, Attempt attempt) {
        RuntimeRecord record = attempt.game().record().orElseThrow();
        return record.container()
                .flatMap(container -> engine.inspect(container.id()))
                .map(there -> observed(followed(record, there, attempt), attempt))
                .orElseGet(Settlement.Nothing::new);
    }

    private static RuntimeRecord followed(RuntimeRecord record, Container there, Attempt attempt) {
        if (there.state().live()) {
            Fence fence = record.container().orElseThrow().fence();
            return record.runningAgain().withContainer(recorded(there, fence, attempt));
        }
        return RestartRule.decide(
                record.ended(exit(there, attempt)), attempt.game().spec(), attempt.now());
    }

    private static Settlement dispose(ContainerHost engine, Attempt attempt) {
        RuntimeRecord record = attempt.game().record().orElseThrow();
        boolean there = record.container()
                .flatMap(container -> engine.inspect(container.id()))
                .isPresent();
        return there ? new Settlement.Nothing() : observed(record.removed(), attempt);
    }

    static GameContainer recorded(Container there, Fence fence, Attempt attempt) {
        return new GameContainer(
                there.id(), fence, there.endpoints(), there.startedAt().orElseGet(attempt::now));
    }

    static Exit exit(Container there, Attempt attempt) {
        return new Exit(there.exitCode(), there.oomKilled(), there.finishedAt().orElseGet(attempt::now));
    }

    static Settlement observed(RuntimeRecord record, Attempt attempt) {
        return new Settlement.Observed(Conclusion.observed(record, attempt.game()));
    }

    // --- something is done ---

    private static Settlement clear(HostId host, List<OurContainer> there, Attempt attempt) {
        Optional<String> own = attempt.game()
                .record()
                .filter(record -> isOn(host, record))
                .flatMap(RuntimeRecord::container)
                .map(GameContainer::id);
        List<String> surplus = there.stream()
                .filter(container -> !own.equals(Optional.of(container.id())))
                .filter(container -> Drifts.isToGo(container, attempt.now()))
                .map(OurContainer::id)
                .toList();
        return surplus.isEmpty() ? new Settlement.Nothing() : new Settlement.Clear(new Clearing(host, surplus));
    }

    private static Settlement stop(SettleJob job, StopReason usual, Attempt attempt) {
        StopReason reason = attempt.game()
                .record()
                .flatMap(RuntimeRecord::stopReason)
                .filter(_ -> job.drift() == Drift.UNFINISHED_STOP)
                .orElse(usual);
        return new Settlement.Stop(new StopJob(job.game(), job.request(), reason, Optional.empty()));
    }
}
