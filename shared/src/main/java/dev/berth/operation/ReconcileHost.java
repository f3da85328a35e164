package dev.berth.operation;

import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.HostId;
import dev.berth.model.HostResult;
import dev.berth.model.OperationFailed;
import dev.berth.model.Outcome;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.port.Telemetry;
import java.time.Instant;
import java.util.Optional;

/** Leads each job on a host to its result. It keeps no claim: to do it twice is to look twice. */
public final class ReconcileHost {
    private final World world;
    private final Operations operations;
    private final SideBySide sideBySide;

    /**
     * What came of a round.
     *
     * @param failure why the host could not be looked at
     * @param settled how many differences were settled
     * @param changed whether anything was, also of the host's own state
     * @param certificatesEnd when the first certificate of the connection to it ends; empty if there was none
     */
    record Came(Optional<Failure> failure, int settled, boolean changed, Optional<Instant> certificatesEnd) {}

    public ReconcileHost(World world, Operations operations, SideBySide sideBySide) {
        this.world = world;
        this.operations = operations;
        this.sideBySide = sideBySide;
    }

    /**
     * Does the job. A host that does not answer is a result too: the next sweep looks again.
     *
     * @return why the message is to be given back; empty if it is done with
     */
    public Optional<Failure> perform(ReconcileJob job, Delivery delivery) {
        RoundTelling telling = new RoundTelling(world, job.host(), job.request(), delivery);
        try {
            Came came = job.request()
                    .deadline()
                    .filter(telling.began()::isAfter)
                    .map(deadline ->
                            refused(new Failure(ErrorCode.DEADLINE_EXCEEDED, "found after its deadline, " + deadline)))
                    .orElseGet(
                            () -> new HostRound(world, operations, sideBySide, job, delivery, telling::called).run());
            return finish(job.host(), job.request(), came, telling);
        } catch (RuntimeException failure) {
            return unfinished(job, delivery, failure, telling);
        }
    }

    /**
     * Answers a job that cannot be done because its message is not of the contract's form.
     *
     * @return why the message is to be given back; empty if it is done with
     */
    public Optional<Failure> refuse(HostId host, Request request, Failure why, Delivery delivery) {
        return finish(host, request, refused(why), new RoundTelling(world, host, request, delivery));
    }

    private static Came refused(Failure why) {
        return new Came(Optional.of(why), 0, false, Optional.empty());
    }

    private Optional<Failure> unfinished(
            ReconcileJob job, Delivery delivery, RuntimeException failure, RoundTelling telling) {
        Failure why = Failures.of(failure);
        if (why.code() == ErrorCode.INTERNAL) {
            world.telemetry().tell(new Telemetry.Defect(telling.cause(), failure));
        }
        if (why.code().retried() && !delivery.last()) {
            telling.ended("given back", refused(why));
            return Optional.of(why);
        }
        return finish(job.host(), job.request(), refused(why), telling);
    }

    /** @return why its result could not be published */
    private Optional<Failure> finish(HostId host, Request request, Came came, RoundTelling telling) {
        Effect effect = came.changed() ? Effect.CHANGED : Effect.NOOP;
        HostResult result = new HostResult(
                request.job(),
                host,
                request.source(),
                request.sourceRef(),
                came.failure().isPresent() ? Outcome.FAILURE : Outcome.SUCCESS,
                effect,
                came.failure().map(why -> why.with(request.op())),
                telling.began(),
                world.clock().now());
        try {
            world.results().publish(result, telling.cause().trace());
        } catch (OperationFailed unpublished) {
            Failure why = Failure.of(unpublished);
            telling.ended(
                    "given back", new Came(Optional.of(why), came.settled(), came.changed(), came.certificatesEnd()));
            return Optional.of(why);
        }
        telling.ended(effect.wire(), came);
        return Optional.empty();
    }
}
