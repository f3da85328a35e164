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
import java.time.Duration;
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
     */
    record Came(Optional<Failure> failure, int settled, boolean changed) {}

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
        Instant began = world.clock().now();
        try {
            Came came = job.request()
                    .deadline()
                    .filter(began::isAfter)
                    .map(deadline ->
                            refused(new Failure(ErrorCode.DEADLINE_EXCEEDED, "found after its deadline, " + deadline)))
                    .orElseGet(() -> new HostRound(world, operations, sideBySide, job, delivery).run());
            return finish(job.host(), job.request(), came, began);
        } catch (RuntimeException failure) {
            return unfinished(job, delivery, failure, began);
        }
    }

    /**
     * Answers a job that cannot be done because its message is not of the contract's form.
     *
     * @return why the message is to be given back; empty if it is done with
     */
    public Optional<Failure> refuse(HostId host, Request request, Failure why) {
        return finish(host, request, refused(why), world.clock().now());
    }

    private static Came refused(Failure why) {
        return new Came(Optional.of(why), 0, false);
    }

    private Optional<Failure> unfinished(ReconcileJob job, Delivery delivery, RuntimeException failure, Instant began) {
        Failure why = Failures.of(failure);
        if (why.code() == ErrorCode.INTERNAL) {
            world.telemetry().defect(job.request().op(), failure);
        }
        if (why.code().retried() && !delivery.last()) {
            tell(job.host(), job.request(), "given back", refused(why), began);
            return Optional.of(why);
        }
        return finish(job.host(), job.request(), refused(why), began);
    }

    /** @return why its result could not be published */
    private Optional<Failure> finish(HostId host, Request request, Came came, Instant began) {
        Effect effect = came.changed() ? Effect.CHANGED : Effect.NOOP;
        try {
            world.results()
                    .publish(new HostResult(
                            request.job(),
                            host,
                            request.source(),
                            request.sourceRef(),
                            came.failure().isPresent() ? Outcome.FAILURE : Outcome.SUCCESS,
                            effect,
                            came.failure(),
                            began,
                            world.clock().now()));
        } catch (OperationFailed unpublished) {
            return Optional.of(Failure.of(unpublished));
        }
        tell(host, request, effect.wire(), came, began);
        return Optional.empty();
    }

    private void tell(HostId host, Request request, String outcome, Came came, Instant began) {
        world.telemetry()
                .tell(new Telemetry.Round(
                        request.op(),
                        host,
                        outcome,
                        came.failure().map(Failure::code),
                        came.failure().map(Failure::text),
                        came.settled(),
                        Duration.between(began, world.clock().now())));
    }
}
