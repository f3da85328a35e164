package dev.berth.operation;

import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.JobResult;
import dev.berth.model.OperationEntry;
import dev.berth.port.EngineCall;
import dev.berth.port.EngineCalls;
import dev.berth.port.Metric;
import dev.berth.port.Telemetry;
import dev.berth.wire.EntryJson;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells how an attempt at a job ended, with what was measured on its way. Used by one thread. */
final class OperationTelling {
    private final World world;
    private final Asked asked;
    private final Instant began;
    private final Map<Metric, Long> measured = new EnumMap<>(Metric.class);
    private EngineCalls calls = EngineCalls.NONE;
    private EngineCalls ofStep = EngineCalls.NONE;

    OperationTelling(World world, Asked asked) {
        this.world = world;
        this.asked = asked;
        this.began = world.clock().now();
    }

    <T> T acquiring(Supplier<T> acquire) {
        Instant before = world.clock().now();
        T acquisition = acquire.get();
        add(Metric.ACQUIRE_LATENCY, since(before).toMillis());
        return acquisition;
    }

    void called(EngineCall call) {
        calls = calls.with(call);
        ofStep = ofStep.with(call);
    }

    /** The calls since this was asked last. */
    EngineCalls takeCalls() {
        EngineCalls taken = ofStep;
        ofStep = EngineCalls.NONE;
        return taken;
    }

    void appended(OperationEntry entry) {
        add(Metric.ENTRIES_APPENDED, 1);
        add(Metric.BYTES_APPENDED, EntryJson.size(entry));
    }

    void ended(Verdict verdict) {
        switch (verdict) {
            case Verdict.Done(JobResult result, boolean replayed) ->
                tell(replayed ? Effect.REPLAYED.wire() : result.effect().wire(), result.failure());
            case Verdict.Nothing _ -> tell("nothing", Optional.empty());
            case Verdict.GiveBack(Failure why, var delay) -> {
                delay.filter(_ -> why.code() == ErrorCode.LEASE_HELD)
                        .ifPresent(rest -> add(Metric.LEASE_WAIT, rest.toMillis()));
                tell("given back", Optional.of(why));
            }
        }
    }

    private void tell(String outcome, Optional<Failure> failure) {
        world.telemetry()
                .tell(new Telemetry.Operation(
                        asked.cause(), asked.game(), asked.kind(), outcome, failure, calls, since(began), measured));
    }

    private void add(Metric metric, long value) {
        measured.merge(metric, value, Long::sum);
    }

    private Duration since(Instant before) {
        return Duration.between(before, world.clock().now());
    }
}
