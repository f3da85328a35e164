package dev.berth.sim;

import dev.berth.action.Deployment;
import dev.berth.model.Desired;
import dev.berth.model.Effect;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostState;
import dev.berth.model.LogHead;
import dev.berth.model.OpKind;
import dev.berth.model.OperationEntry;
import dev.berth.model.Outcome;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Commit;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Lease;
import dev.berth.wire.EntryJson;
import dev.berth.wire.Fields;
import dev.berth.wire.JobJson;
import dev.berth.wire.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must hold after every single effect. What must hold in the end is checked by {@link QuietPromises}. */
final class Promises implements StoreModel.Watch, EngineModel.Watch {
    private static final String GAME = "berth.game";

    private final Sim sim;
    private final Map<GameId, Fence> highest = new HashMap<>();
    private final Map<GameId, Instant> newestApplied = new HashMap<>();
    private final Map<String, Instant> newestSave = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();

    Promises(Sim sim) {
        this.sim = sim;
    }

    // --- the store ---

    @Override
    public void wrote(GameRow row, Lease under) {
        Fence before = highest.getOrDefault(row.id, new Fence(0));
        require(
                !under.fence().isBefore(before),
                "nothing is written under an older fence",
                () -> row.id + " was written under fence " + under.fence() + " after " + before);
        highest.put(row.id, under.fence());
        String owner = owners.computeIfAbsent(row.id + "/" + under.fence(), fence -> under.owner());
        require(owner.equals(under.owner()), "a fence belongs to one lease", () -> under + " besides " + owner);
        Reservations.check(sim.store());
    }

    @Override
    public void saved(GameRow row, Lease under) {
        Instant until = newestSave.getOrDefault(row.id + "/" + under.fence(), Instant.MIN);
        require(
                !under.until().isBefore(until),
                "the checkpoints of a lease keep their order",
                () -> under + " after " + until);
        newestSave.put(row.id + "/" + under.fence(), under.until());
        wrote(row, under);
    }

    @Override
    public void committed(GameRow row, Lease under, Commit commit, Optional<Deployment> deployment) {
        wrote(row, under);
        checkLog(row);
        commit.entry().ifPresent(entry -> {
            require(entry.fence().equals(under.fence()), "an entry tells its fence", () -> entry + " under " + under);
            checkOutcome(row, entry);
            // What is inside of an operation counts with it: it may be undone yet.
            commit.claim().ifPresent(_ -> checkOrder(row, entry));
        });
        commit.claim().ifPresent(claim -> {
            checkClaim(commit, claim);
            deployment.ifPresent(open -> checkOpener(open, commit, claim));
        });
    }

    private static void checkLog(GameRow row) {
        LogHead head = LogHead.EMPTY;
        Optional<RuntimeRecord> folded = Optional.empty();
        for (OperationEntry entry : row.log) {
            OperationEntry here = entry;
            LogHead last = head;
            require(entry.seq() == head.seq() + 1, "the log has no gap", () -> here + " after " + last);
            require(entry.prevHash().equals(head.hash()), "the log is a chain", () -> here + " after " + last);
            head = new LogHead(entry.seq(), EntryJson.hash(entry));
            folded = entry.change().isPresent() ? entry.change() : folded;
        }
        Optional<RuntimeRecord> record = folded;
        LogHead end = head;
        require(row.head.equals(head), "the item knows the end of the log", () -> row.head + " is not " + end);
        require(row.record.equals(folded), "the record is the fold of the log", () -> row.record + " is not " + record);
    }

    private void checkOutcome(GameRow row, OperationEntry entry) {
        if (entry.outcome() == Outcome.FAILURE) {
            return;
        }
        switch (entry.kind()) {
            case START, RESTART, PATCH -> checkRuns(row, entry);
            case STOP -> checkStopped(row, entry);
            case CLEANUP_CONTAINER ->
                require(
                        row.record
                                .filter(r -> r.status() == RuntimeStatus.REMOVED)
                                .isPresent(),
                        "a cleanup that succeeded removed it",
                        row.record::toString);
            case RECONCILE_ADOPT, RECONCILE_DISPOSE ->
                require(sim.scenario().fleet(), "only who reconciles adopts and disposes", entry::toString);
        }
    }

    private static void checkRuns(GameRow row, OperationEntry entry) {
        require(
                row.record.filter(r -> r.status() == RuntimeStatus.RUNNING).isPresent(),
                "a start that succeeded runs",
                row.record::toString);
        require(
                row.record.get().desired() == Desired.RUNNING,
                "a game that was started last is wanted to run",
                row.record::toString);
        if (entry.kind() != OpKind.START && entry.effect() != Effect.NOOP) {
            List<OpKind> kinds = row.log.stream()
                    .filter(other ->
                            other.job().equals(entry.job()) && other.op().equals(entry.op()))
                    .filter(other -> other.sourceRef().equals(entry.sourceRef()))
                    .map(OperationEntry::kind)
                    .toList();
            require(
                    kinds.containsAll(List.of(OpKind.STOP, OpKind.START, entry.kind())),
                    "a restart leaves three entries of one correlation",
                    kinds::toString);
            checkPorts(row, entry);
        }
    }

    private static void checkPorts(GameRow row, OperationEntry entry) {
        Optional<RuntimeRecord> before = row.log.stream()
                .takeWhile(other -> !other.op().equals(entry.op()))
                .flatMap(other -> other.change().stream())
                .reduce((_, later) -> later)
                .filter(record -> record.status() == RuntimeStatus.RUNNING)
                .filter(record -> record.host().equals(row.record.get().host()));
        before.flatMap(RuntimeRecord::container)
                .ifPresent(old -> require(
                        row.record.get().container().orElseThrow().endpoints().equals(old.endpoints()),
                        "a restart keeps the ports",
                        () -> old + " became " + row.record));
    }

    private static void checkStopped(GameRow row, OperationEntry entry) {
        require(
                row.record
                        .filter(r -> r.status() == RuntimeStatus.STOPPED
                                || (r.status() == RuntimeStatus.FAILED && entry.effect() == Effect.OBSERVED)
                                || r.status() == RuntimeStatus.REMOVED
                                || r.container().isEmpty())
                        .isPresent(),
                "a stop that succeeded stopped it",
                row.record::toString);
    }

    /** Of the jobs that changed something, none was asked for before one that had changed something already. */
    private void checkOrder(GameRow row, OperationEntry entry) {
        Instant requested = sim.queue().requestedAt(row.id, entry);
        boolean applied = entry.outcome() == Outcome.SUCCESS && requested != null;
        Instant newest = newestApplied.getOrDefault(row.id, Instant.MIN);
        require(
                !applied || entry.change().isEmpty() || !requested.isBefore(newest),
                "a job does not undo a newer one",
                () -> entry + " of " + requested + " came after one of " + newest);
        if (applied) {
            newestApplied.put(row.id, requested);
        }
    }

    private static void checkClaim(Commit commit, FinishedJob claim) {
        require(claim.key().startsWith(claim.result().job().value()), "a claim is of its job", claim::toString);
        require(
                commit.entry().map(OperationEntry::seq).equals(claim.result().seq()),
                "the result tells its entry",
                claim::toString);
        commit.entry()
                .ifPresent(entry -> require(
                        entry.job().equals(claim.result().job()), "an entry is of the claim's job", entry::toString));
    }

    private static void checkOpener(Deployment open, Commit commit, FinishedJob claim) {
        String content =
                JobJson.readRequest(Fields.of(Json.parse(open.input()))).contentHash();
        boolean its =
                commit.entry().filter(entry -> entry.effect() != Effect.NOOP).isPresent();
        require(
                !its || content.equals(claim.contentHash()),
                "a result is of the job that was done",
                () -> claim + " for " + open);
    }

    @Override
    public void noted(Host before, Host after) {
        FleetPromises.checkNotes(sim, before, after);
    }

    // --- the engines ---

    @Override
    public void changed(EngineModel engine, Box box, String how) {
        sim.trace().line(sim.scheduler().now(), () -> "       " + box + " " + how);
        if (how.equals("created") && sim.acting() != null) {
            box.madeUnder = sim.acting().fence(game(box));
        }
        if (!box.foreign && !box.state.live() && isLate(box)) {
            // A stop of somebody who has given up or was overtaken meanwhile cannot be told from a crash.
            box.endedByItself = true;
        }
        boolean allowed = !box.foreign || how.equals("lost its power") || how.equals("removed by hand");
        require(allowed, "what is not ours is not touched", () -> box + " was " + how);
        if (how.equals("started") && !box.foreign) {
            require(
                    box.files.size() == box.plan.spec().files().size(),
                    "a container has its files before it starts",
                    box::toString);
        }
        if (box.state.live()) {
            List<Box> live = accountable(game(box));
            require(live.size() <= 1, "at most one live container a game", live::toString);
        }
    }

    private boolean isLate(Box box) {
        GameRow row = sim.store().games().get(game(box));
        boolean overtaken = sim.acting() != null
                && row != null
                && sim.acting().fence(game(box)).isBefore(row.fence);
        return overtaken || sim.isLate();
    }

    List<Box> live(GameId game) {
        return sim.engines().values().stream()
                .flatMap(engine -> engine.boxes().values().stream())
                .filter(box -> !box.foreign && box.state.live() && game(box).equals(game))
                .toList();
    }

    /** Those of which there must never be two: not what people ran, nor what an operator took to be gone. */
    private List<Box> accountable(GameId game) {
        sim.declaredLost()
                .removeIf(host -> sim.store().hosts().stream()
                        .filter(known -> known.id().equals(host))
                        .noneMatch(known -> known.state() == HostState.LOST
                                || known.state() == HostState.QUARANTINED
                                || known.notes().givenUp()));
        return sim.engines().values().stream()
                .filter(engine -> !sim.declaredLost().contains(engine.id()))
                .flatMap(engine -> engine.boxes().values().stream())
                .filter(box -> !box.foreign
                        && !box.byHand
                        && box.state.live()
                        && game(box).equals(game))
                .toList();
    }

    static GameId game(Box box) {
        return new GameId(box.plan.labels().get(GAME));
    }

    @Override
    public void asked(EngineModel engine, Box box, boolean toRemove) {
        require(!box.foreign, "what is not ours is not touched", () -> box + " is to be ended");
        Actor actor = sim.acting();
        if (actor == null) {
            return;
        }
        require(
                !actor.fence(game(box)).isBefore(box.madeUnder),
                "a late attempt touches nothing newer",
                () -> box + " made under fence " + box.madeUnder + " is to be ended under " + actor.fence(game(box)));
        GameRow row = sim.store().games().get(game(box));
        require(
                !toRemove || !actor.fence(game(box)).equals(row.fence) || !isBeingReplaced(row, box),
                "the old container is kept until the new one is the game's",
                () -> box + " is to be removed");
        boolean runsAsRecorded = box.state.live()
                && row.record
                        .filter(record -> record.status() == RuntimeStatus.RUNNING)
                        .flatMap(RuntimeRecord::container)
                        .filter(container -> container.id().equals(box.id))
                        .isPresent();
        require(
                !toRemove || !runsAsRecorded || actor.fence(game(box)).equals(row.fence),
                "who lost the lease does not remove what runs",
                () -> box + " is to be removed under " + actor.fence(game(box)) + ", the game is at " + row.fence);
    }

    private static boolean isBeingReplaced(GameRow row, Box box) {
        boolean replacing = row.deployment
                .filter(open -> open.action().equals(OpKind.RESTART.wire())
                        || open.action().equals(OpKind.PATCH.wire()))
                .isPresent();
        return replacing
                && row.record
                        .flatMap(RuntimeRecord::container)
                        .filter(container -> container.id().equals(box.id))
                        .isPresent();
    }

    @Override
    public Runnable bound(Runnable later) {
        return sim.bound(later);
    }

    // --- the end ---

    void checkWhenQuiet() {
        new QuietPromises(sim, this).check();
    }

    static void require(boolean holds, String promise, java.util.function.Supplier<String> how) {
        if (!holds) {
            throw new Violation(promise, how.get());
        }
    }
}
