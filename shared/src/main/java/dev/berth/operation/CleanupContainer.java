package dev.berth.operation;

import dev.berth.action.Action;
import dev.berth.action.Ended;
import dev.berth.model.CleanupJob;
import dev.berth.model.Desired;
import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.OperationFailed;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost;
import java.util.List;
import java.util.Optional;

/** Removes what is left of a stopped game from its host, and gives back its place there. */
final class CleanupContainer implements Operation<Cleaning> {
    private final ImageCollection images = new ImageCollection();

    private final Action<Attempt, Cleaning> action = Action.<Attempt, Cleaning>named(
                    "cleanup_container", Cleaning.CODEC)
            .act("remove the container", this::remove)
            .step("collect images", this::collectImages)
            .build()
            .extend("collect images", step -> step.ignoringErrors());

    @Override
    public Action<Attempt, Cleaning> action() {
        return action;
    }

    @Override
    public Desired desired() {
        return Desired.REMOVED;
    }

    Plan<Cleaning> plan(CleanupJob job, Attempt attempt) {
        Optional<RuntimeRecord> record = attempt.game().record();
        if (record.isEmpty()) {
            return Plan.refuse(ErrorCode.NOT_FOUND, "there is no runtime of game " + job.game());
        }
        return switch (record.get().status()) {
            case REMOVED -> job.purgeVolumes() ? purge(record.get()) : new Plan.Nothing<>();
            case RUNNING -> Plan.refuse(ErrorCode.CONFLICT, "the game is running; stop it first");
            case LOST ->
                record.get()
                                .host()
                                .filter(host -> LostHosts.isGivenUp(host, attempt))
                                .isPresent()
                        ? act(record.get(), job)
                        : Plan.refuse(ErrorCode.CONFLICT, "the game's host does not answer");
            case STOPPED, FAILED -> act(record.get(), job);
        };
    }

    /** Volumes outlive what else there was of a game. */
    private static Plan<Cleaning> purge(RuntimeRecord record) {
        return record.volumesOn().isEmpty()
                ? new Plan.Nothing<>()
                : new Plan.Act<>(new Cleaning(record.volumesOn(), true));
    }

    private static Plan<Cleaning> act(RuntimeRecord record, CleanupJob job) {
        return new Plan.Act<>(new Cleaning(record.host(), job.purgeVolumes()));
    }

    // --- the steps ---

    private Cleaning remove(Cleaning clean, Attempt attempt) {
        clean.host().filter(id -> !LostHosts.isGone(id, attempt)).ifPresent(id -> {
            ContainerHost host = attempt.connect(id);
            containers(host, attempt).forEach(there -> {
                attempt.cover();
                host.remove(there.id());
            });
            if (clean.purge()) {
                attempt.cover();
                host.removeVolumes(
                        attempt.world().stack() + "_" + attempt.game().id() + "_");
            }
        });
        return clean;
    }

    /** All that is the game's by its labels, also what was set aside; nothing of it may be running. */
    private static List<Container> containers(ContainerHost host, Attempt attempt) {
        List<Container> all =
                OurContainer.on(host, attempt).map(OurContainer::container).toList();
        if (all.stream().anyMatch(there -> there.state().live())) {
            throw new OperationFailed(ErrorCode.CONFLICT, "a container of the game is running; stop it first");
        }
        return all;
    }

    private Cleaning collectImages(Cleaning clean, Attempt attempt) {
        clean.host().filter(id -> !LostHosts.isGone(id, attempt)).ifPresent(id -> images.collect(id, attempt));
        return clean;
    }

    // --- what it came to ---

    @Override
    public Conclusion completed(Cleaning clean, Attempt attempt) {
        RuntimeRecord removed = attempt.game().record().orElseThrow().removed();
        return Conclusion.done(
                attempt.isResumed() ? Effect.RESUMED : Effect.CHANGED,
                clean.purge() ? removed.withoutVolumes() : removed,
                attempt.game());
    }

    @Override
    public Conclusion undone(Ended.Undone<Cleaning> how, Attempt attempt) {
        Failure why = Failures.of(how);
        return Conclusion.unfinished(
                attempt.game(),
                why,
                attempt.game().record().map(record -> why.code().retried() ? record.wanted(Desired.REMOVED) : record));
    }
}
