package dev.berth.cli;

import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.wire.Json;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Shows what the functions' logs tell, as it happens: each step of an operation, and whatever is no telemetry. */
final class DemoSteps implements Consumer<String> {
    private final DemoReport report;
    private final Map<String, CompletableFuture<Boolean>> ended = new ConcurrentHashMap<>();

    /** What failed is told of the step, and again of the operation. */
    private final AtomicReference<String> told = new AtomicReference<>("");

    DemoSteps(DemoReport report) {
        this.report = report;
    }

    @Override
    public void accept(String line) {
        TelemetryLine.find(line).ifPresentOrElse(this::show, () -> {
            if (!line.isBlank() && RoundLine.find(line).isEmpty() && !TelemetryLine.isRoutine(line)) {
                report.detail("log", line, Json.object());
            }
        });
    }

    private void show(TelemetryLine line) {
        report.detail(
                line.step().isPresent() ? "step" : "operation",
                line.text(),
                Json.object()
                        .put("op_id", line.op())
                        .put("op_kind", line.kind())
                        .put("step", line.step().orElse(null))
                        .put("outcome", line.outcome())
                        .put("millis", line.millis()));
        line.message()
                .map(message -> message.replace(" (" + line.op() + ")", ""))
                .filter(message -> !message.equals(told.getAndSet(message)))
                .ifPresent(this::explain);
        if (line.step().isEmpty()) {
            end(line.op(), line.kind()).complete(true);
        }
    }

    private void explain(String message) {
        message.lines().forEach(line -> report.detail("log", line, Json.object()));
    }

    /** Lets an operation's last line come first; a log may be late or lost, so that it is not waited for long. */
    void awaitEnd(OpId op, OpKind kind, Duration limit) {
        end(op.value(), kind.wire())
                .completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** What an operation is made of has its id, but not its kind. */
    private CompletableFuture<Boolean> end(String op, String kind) {
        return ended.computeIfAbsent(op + " " + kind, _ -> new CompletableFuture<>());
    }
}
