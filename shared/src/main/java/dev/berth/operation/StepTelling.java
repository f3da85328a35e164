package dev.berth.operation;

import dev.berth.action.StepError;
import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.model.WireName;
import dev.berth.port.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells of each step of a deployment how it ended and how long it took. Used by one thread. */
final class StepTelling {
    private final World world;
    private final GameId game;
    private final OpId op;
    private final OpKind kind;
    private Instant stepBegan;

    StepTelling(World world, GameId game, OpId op, OpKind kind) {
        this.world = world;
        this.game = game;
        this.op = op;
        this.kind = kind;
        this.stepBegan = world.clock().now();
    }

    void tell(String step, boolean undo, Optional<StepError> error) {
        String end = undo ? "undone" : "done";
        String failure = undo ? "not undone" : "failed";
        tell(step, error.isPresent() ? failure : end, error);
    }

    private void tell(String step, String outcome, Optional<StepError> error) {
        Instant now = world.clock().now();
        world.telemetry()
                .tell(new Telemetry.Event(
                        op,
                        game,
                        kind,
                        Optional.of(step),
                        outcome,
                        error.flatMap(failed -> WireName.find(ErrorCode.class, failed.code())),
                        error.map(StepError::text),
                        Duration.between(stepBegan, now)));
        stepBegan = now;
    }
}
