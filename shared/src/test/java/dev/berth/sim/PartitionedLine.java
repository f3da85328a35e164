package dev.berth.sim;

import dev.berth.model.ErrorCode;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The way from one sandbox to one host, which may be cut while others still get there. */
record PartitionedLine(SimContainerHost.Line right, BooleanSupplier cut) implements SimContainerHost.Line {
    @Override
    public <T> T call(String what, Duration limit, Consumer<Reply<T>> request) {
        if (cut.getAsBoolean()) {
            right.pause(Limits.CONNECT);
            throw new OperationFailed(ErrorCode.HOST_UNREACHABLE, "no way to the host: simulated");
        }
        return right.call(what, limit, request);
    }

    @Override
    public void pause(Duration duration) {
        right.pause(duration);
    }
}
