package dev.berth.sim;

import static dev.berth.sim.Promises.require;

import dev.berth.model.Desired;
import dev.berth.model.Due;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.JobId;
import dev.berth.model.JobResult;
import dev.berth.model.Limits;
import dev.berth.model.OpId;
import dev.berth.model.OperationEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must hold when nothing goes wrong any more and nothing is left to do. */
final class QuietPromises {
    private final Sim sim;
    private final Promises promises;

    /** A job and whether its result is that another job has its id. */
    private record Answered(JobId job, boolean mismatch) {}

    QuietPromises(Sim sim, Promises promises) {
        this.sim = sim;
        this.promises = promises;
    }

    void check() {
        Map<Answered, JobResult> results = results();
        sim.queue().messages().forEach(message -> checkMessage(message, results));
        sim.store().games().values().forEach(this::checkGame);
        results.values().forEach(this::checkLogged);
        Reservations.check(sim.store());
        if (sim.scenario().fleet()) {
            new FleetPromises(sim, promises).check();
        }
        require(sim.defects().isEmpty(), "nothing happens that nobody thought of", sim.defects()::toString);
    }

    private Map<Answered, JobResult> results() {
        Map<Answered, JobResult> results = new HashMap<>();
        for (JobResult result : sim.results()) {
            requireOpId(result.failure(), result.op());
            boolean mismatch = result.failure().map(Failure::code).equals(Optional.of(ErrorCode.IDEMPOTENCY_MISMATCH));
            require(
                    !mismatch || sim.queue().isAmbiguous(result.job()),
                    "only another job under the same id is a mismatch",
                    result::toString);
            JobResult before = results.putIfAbsent(new Answered(result.job(), mismatch), result);
            require(
                    before == null || before.equals(result) || mismatch,
                    "a job has one result",
                    () -> before + " and " + result);
        }
        return results;
    }

    /** Who has nothing but the text of an error finds all that was done with it. */
    private static void requireOpId(Optional<Failure> failure, OpId op) {
        require(
                failure.filter(why -> !why.text().endsWith(" (" + op + ")")).isEmpty(),
                "an error ends with its op id",
                failure::toString);
    }

    private void checkMessage(Message message, Map<Answered, JobResult> results) {
        JobId job = message.job.request().job();
        require(message.isOver(), "no message is lost", message::toString);
        require(
                message.dead
                        || results.containsKey(new Answered(job, false))
                        || results.containsKey(new Answered(job, true)),
                "every job has a result, or its message is dead",
                message::toString);
    }

    private void checkLogged(JobResult result) {
        List<OperationEntry> log = sim.store().games().get(result.game()).log;
        result.seq()
                .ifPresent(seq -> require(
                        log.size() >= seq && log.get((int) (seq - 1)).job().equals(result.job()),
                        "a result's entry is in the log",
                        result::toString));
    }

    private void checkGame(GameRow row) {
        Instant now = SimClock.BEGIN.plusMillis(sim.scheduler().now());
        // One that was taken late, for nobody who waits any more, runs out by itself.
        Instant soon = now.plus(Limits.LEASE.multipliedBy(5));
        require(row.isFree(soon), "no lease stays held", () -> row.id + " by " + row.owner);
        require(row.deployment.isEmpty(), "no deployment stays open", row.deployment::toString);
        row.log.forEach(entry -> requireOpId(entry.failure(), entry.op()));
        long jobs = row.log.stream()
                .map(entry -> entry.job() + "/" + entry.kind() + "/"
                        + entry.failure().map(Failure::code).filter(code -> code == ErrorCode.IDEMPOTENCY_MISMATCH))
                .distinct()
                .count();
        require(jobs == row.log.size(), "a job has one entry of a kind", row.log::toString);
        require(
                row.dueAt.isPresent() || Due.of(row.record, row.spec, now).isEmpty(),
                "what is to be done by itself is due some time",
                () -> row.id + " with " + row.record);
        checkContainers(row);
    }

    private void checkContainers(GameRow row) {
        List<Box> live = promises.live(row.id);
        Optional<RuntimeStatus> status = row.record.map(RuntimeRecord::status);
        boolean waitsForReconcile = status.equals(Optional.of(RuntimeStatus.FAILED))
                || row.record
                        .filter(record -> record.desired() != Desired.RUNNING && status.get() == RuntimeStatus.RUNNING)
                        .isPresent();
        if (waitsForReconcile || sim.scenario().fleet()) {
            return;
        }
        if (status.equals(Optional.of(RuntimeStatus.RUNNING))) {
            String id = row.record.get().container().orElseThrow().id();
            Optional<Box> box = sim.engines().get(row.record.get().host().orElseThrow()).boxes().values().stream()
                    .filter(there -> there.id.equals(id))
                    .findFirst();
            require(
                    box.filter(there -> there.state.live() || there.endedByItself)
                            .isPresent(),
                    "what is recorded to run does run",
                    () -> row.record + ", but there is " + box);
        } else {
            require(live.isEmpty(), "nothing runs that is not recorded", () -> live + " with " + row.record);
        }
    }
}
