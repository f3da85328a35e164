package dev.berth.action;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps deployments in memory, judges failures by their type, and notes everything that it is told. */
final class Keeper implements Supervisor {
    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    final List<Deployment> saves = new ArrayList<>();
    final List<String> done = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    Optional<Deployment> saved = Optional.empty();
    private Optional<Deployment> latest = Optional.empty();
    boolean stopRequested;
    int failingSave = -1;

    /** To be tried again later. */
    static final class Later extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Later(String text) {
            super(text);
        }
    }

    /** Somebody else has taken over. */
    static final class TakenOver extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Where the execution was last. */
    Deployment latest() {
        return latest.orElseThrow();
    }

    @Override
    public Optional<Deployment> saved() {
        return saved;
    }

    @Override
    public void save(Deployment deployment) {
        if (saves.size() == failingSave) {
            throw new TakenOver();
        }
        saves.add(deployment);
        saved = Optional.of(deployment);
        latest = Optional.of(deployment);
        if (stopRequested && deployment.status() == Deployment.Status.RUNNING) {
            throw new ExecutionStopped();
        }
    }

    @Override
    public void at(Deployment deployment) {
        latest = Optional.of(deployment);
    }

    @Override
    public void ended(String step, boolean undo, Optional<StepError> error) {
        told.add(step
                + (undo ? error.isPresent() ? " not undone" : " undone" : error.isPresent() ? " failed" : " done"));
    }

    @Override
    public Judgement judge(RuntimeException failure) {
        Judgement.Kind kind = switch (failure) {
            case Later later -> Judgement.Kind.SUSPEND;
            case TakenOver takenOver -> Judgement.Kind.ABANDON;
            default -> Judgement.Kind.UNDO;
        };
        return new Judgement(kind, failure.getClass().getSimpleName(), String.valueOf(failure.getMessage()));
    }

    @Override
    public Instant now() {
        return NOW;
    }
}
