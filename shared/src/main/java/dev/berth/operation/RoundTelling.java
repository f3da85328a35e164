package dev.berth.operation;

import dev.berth.model.HostId;
import dev.berth.model.Request;
import dev.berth.operation.ReconcileHost.Came;
import dev.berth.port.EngineCall;
import dev.berth.port.EngineCalls;
import dev.berth.port.Telemetry;
import dev.berth.port.Telemetry.Cause;
import java.time.Duration;
import java.time.Instant;

/** Tells how an attempt at a job on a host ended, and what its engine was asked. Used by one thread. */
final class RoundTelling {
    private final World world;
    private final HostId host;
    private final Cause cause;
    private final Instant began;
    private EngineCalls calls = EngineCalls.NONE;

    RoundTelling(World world, HostId host, Request request, Delivery delivery) {
        this.world = world;
        this.host = host;
        this.cause = new Cause(request.op(), delivery.trace());
        this.began = world.clock().now();
    }

    Cause cause() {
        return cause;
    }

    Instant began() {
        return began;
    }

    void called(EngineCall call) {
        calls = calls.with(call);
    }

    void ended(String outcome, Came came) {
        Instant now = world.clock().now();
        world.telemetry()
                .tell(new Telemetry.Round(
                        cause,
                        host,
                        outcome,
                        came.failure(),
                        came.settled(),
                        came.certificatesEnd().map(end -> Duration.between(now, end)),
                        calls,
                        Duration.between(began, now)));
    }
}
