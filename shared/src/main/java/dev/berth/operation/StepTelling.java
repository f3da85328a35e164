package dev.berth.operation;

import dev.berth.action.StepError;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.OpKind;
import dev.berth.model.WireName;
import dev.berth.port.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells of each step of a deployment how it ended, how long it took and what the engine was asked meanwhile. Used by
 * one thread.
 */
final class StepTelling {
    private final World world;
    private final GameId game;
    private final OpKind kind;
    private final Telemetry.Cause cause;
    private final OperationTelling whole;
    private Instant stepBegan;

    StepTelling(World world, GameId game, OpKind kind, Telemetry.Cause cause, OperationTelling whole) {
        this.world = world;
        this.game = game;
        this.kind = kind;
        this.cause = cause;
        this.whole = whole;
        this.stepBegan = world.clock().now();
    }

    void tell(String step, boolean undo, Optional<StepError> error) {
        Instant now = world.clock().now();
        Optional<Failure> failure = error.map(failed ->
                new Failure(WireName.find(ErrorCode.class, failed.code()).orElse(ErrorCode.INTERNAL), failed.text()));
        Duration took = Duration.between(stepBegan, now);
        world.telemetry().tell(new Telemetry.Step(cause, game, kind, step, undo, failure, whole.takeCalls(), took));
        stepBegan = now;
    }
}
