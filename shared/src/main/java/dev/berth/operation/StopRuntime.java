package dev.berth.operation;

import dev.berth.action.Action;
import dev.berth.action.Ended;
import dev.berth.model.Desired;
import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Exit;
import dev.berth.model.Failure;
import dev.berth.model.GameContainer;
import dev.berth.model.Limits;
import dev.berth.model.OpSource;
import dev.berth.model.OperationFailed;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.StopJob;
import dev.berth.model.StopReason;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost;
import java.time.Duration;
import java.util.Optional;

/** Stops a game's runtime. The container stays, for its logs and so that a late create meets its name. */
final class StopRuntime implements Operation<Stopping> {
    private final Action<Attempt, Stopping> action = Action.<Attempt, Stopping>named("stop", Stopping.CODEC)
            .act("stop the container", StopRuntime::stopUnlessGivenUp)
            .step("prove that it is down", StopRuntime::proveUnlessGivenUp)
            .build();

    @Override
    public Action<Attempt, Stopping> action() {
        return action;
    }

    @Override
    public Desired desired() {
        return Desired.STOPPED;
    }

    Plan<Stopping> plan(StopJob job, Attempt attempt) {
        Optional<RuntimeRecord> record = attempt.game().record();
        if (record.isEmpty()) {
            return Plan.refuse(ErrorCode.NOT_FOUND, "there is no runtime of game " + job.game());
        }
        if (isUsedAgain(job, attempt)) {
            return Plan.refuse(ErrorCode.SUPERSEDED, "the game has been in use since");
        }
        return switch (record.get().status()) {
            case STOPPED -> new Plan.Nothing<>();
            case REMOVED -> Plan.refuse(ErrorCode.CONFLICT, "the game's runtime is removed");
            case RUNNING, FAILED, LOST ->
                record.get().host().isEmpty() ? new Plan.Nothing<>() : new Plan.Act<>(begin(job, attempt));
        };
    }

    /** A touch is no request, so that it does not supersede the stop of an idle game by its age. */
    private static boolean isUsedAgain(StopJob job, Attempt attempt) {
        return job.reason() == StopReason.IDLE
                && job.request().source() == OpSource.AUTO_TTL
                && attempt.game()
                        .dueAt()
                        .filter(attempt.request().requestedAt()::isBefore)
                        .isPresent();
    }

    /** Of a game that is bound to a host, whatever is recorded of it. */
    Stopping begin(StopJob job, Attempt attempt) {
        RuntimeRecord record = attempt.game().record().orElseThrow();
        return new Stopping(
                record.host().orElseThrow(),
                record.container().map(GameContainer::id),
                job.grace()
                        .or(() -> attempt.game().spec().flatMap(RuntimeSpec::stopGrace))
                        .orElse(Limits.DEFAULT_GRACE),
                job.reason(),
                Optional.empty());
    }

    // --- the steps ---

    private static Stopping stopUnlessGivenUp(Stopping stop, Attempt attempt) {
        return LostHosts.isGivenUp(stop.host(), attempt) ? stop : stop(stop, attempt);
    }

    /** An operator's word is a proof too. */
    private static Stopping proveUnlessGivenUp(Stopping stop, Attempt attempt) {
        return LostHosts.isGivenUp(stop.host(), attempt)
                ? stop.of(Optional.empty()).ended(Optional.empty())
                : prove(stop, attempt);
    }

    private static Stopping stop(Stopping stop, Attempt attempt) {
        ContainerHost host = attempt.connect(stop.host());
        Stopping target = stop.container().isPresent() ? stop : stop.of(named(host, attempt));
        target.container().ifPresent(id -> {
            attempt.cover(stop.grace().plus(Limits.STOP_EXTRA));
            host.stop(id, stop.grace());
        });
        return target;
    }

    static Stopping prove(Stopping stop, Attempt attempt) {
        ContainerHost host = attempt.connect(stop.host());
        Optional<Container> there = stop.container().flatMap(host::inspect);
        if (there.filter(container -> container.state().live()).isPresent()) {
            attempt.cover();
            host.kill(there.get().id());
            there = host.inspect(there.get().id());
        }
        if (there.isEmpty()) {
            // Its id is gone. Whatever has the game's name now must not be left running either.
            there = named(host, attempt).flatMap(id -> stopOther(host, id, stop.grace(), attempt));
        }
        if (there.filter(container -> container.state().live()).isPresent()) {
            throw new OperationFailed(ErrorCode.STOP_FAILED, "the container is still running after SIGKILL");
        }
        if (there.filter(container -> !isRecorded(container, attempt)).isPresent()) {
            // A start of it may still be under way in the engine; only what is gone cannot start late.
            attempt.cover();
            host.remove(there.get().id());
            there = Optional.empty();
        }
        return stop.of(there.map(Container::id))
                .ended(there.map(container -> new Exit(
                        container.exitCode(),
                        container.oomKilled(),
                        container.finishedAt().orElseGet(attempt::now))));
    }

    private static boolean isRecorded(Container container, Attempt attempt) {
        return attempt.game()
                .record()
                .flatMap(RuntimeRecord::container)
                .filter(recorded -> recorded.id().equals(container.id()))
                .isPresent();
    }

    private static Optional<Container> stopOther(ContainerHost host, String id, Duration grace, Attempt attempt) {
        attempt.cover(grace.plus(Limits.STOP_EXTRA));
        host.stop(id, grace);
        return host.inspect(id);
    }

    private static Optional<String> named(ContainerHost host, Attempt attempt) {
        return new NamedContainer(
                        attempt.world().stack(), attempt.game().id(), attempt.fence(), Optional.empty(), attempt::pause)
                .findNotNewer(host)
                .map(Container::id);
    }

    // --- what it came to ---

    @Override
    public Conclusion completed(Stopping stop, Attempt attempt) {
        RuntimeRecord record = attempt.game().record().orElseThrow();
        return Conclusion.done(
                attempt.isResumed() ? Effect.RESUMED : Effect.CHANGED,
                stop.exit().map(exit -> record.stopped(exit, stop.reason())).orElseGet(record::removed),
                attempt.game());
    }

    @Override
    public Conclusion undone(Ended.Undone<Stopping> how, Attempt attempt) {
        Failure why = Failures.of(how);
        return Conclusion.unfinished(
                attempt.game(), why, attempt.game().record().map(RuntimeRecord::toBeStopped));
    }
}
