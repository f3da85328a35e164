package dev.berth.cli;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Effect;
import dev.berth.model.GameId;
import dev.berth.model.JobResult;
import dev.berth.model.OpKind;
import dev.berth.model.Outcome;
import dev.berth.wire.Json;
import dev.berth.wire.ResultJson;
import java.time.Duration;
import java.util.List;

/** The main job, from nothing to a verified log; the first thing that does not hold ends it with a {@link CommandFailed}. */
final class Demo {
    private static final GameId GAME = new GameId("demo");
    private static final int PORT = 8080;
    private static final String VERSION = "1.0.0";
    private static final String NEW_VERSION = "1.0.1";
    private static final String BROKEN = "broken";
    private static final Duration JOB_LIMIT = Duration.ofMinutes(2);
    private static final Duration LOG_LIMIT = Duration.ofSeconds(1);

    /** Restart and patch leave what they are made of beside their own entry; an undone patch has undone its start. */
    private static final List<String> EXPECTED_LOG = List.of(
            "start success",
            "stop success",
            "start success",
            "restart success",
            "stop success",
            "start success",
            "patch success",
            "stop success",
            "patch failure",
            "stop success");

    private final LocalStack local;
    private final DemoReport report;
    private final DemoSteps steps;

    Demo(LocalStack local, DemoReport report, DemoSteps steps) {
        this.local = local;
        this.report = report;
        this.steps = steps;
    }

    void run() {
        Stack stack = local.awaitReady();
        StackHost host = local.hosts().getFirst();
        DemoProofs proofs = new DemoProofs(stack, host, GAME, report);
        report.proven("ready", "the stack is ready", Json.object());

        done(perform(stack, OpKind.START, startFields(host)));
        DemoProofs.Running started = proofs.running(VERSION);

        done(perform(stack, OpKind.RESTART, Json.object()));
        DemoProofs.Running restarted = proofs.running(VERSION);
        proofs.replaced(started, restarted);

        done(perform(stack, OpKind.PATCH, patchFields(host, NEW_VERSION)));
        DemoProofs.Running patched = proofs.running(NEW_VERSION);
        proofs.replaced(restarted, patched);

        undone(perform(stack, OpKind.PATCH, patchFields(host, BROKEN)));
        DemoProofs.Running kept = proofs.running(NEW_VERSION);
        proofs.kept(patched, kept);

        done(perform(stack, OpKind.STOP, Json.object().put("reason", "finished")));
        proofs.stopped(kept);

        proofs.log(EXPECTED_LOG);
    }

    private static ObjectNode startFields(StackHost host) {
        ObjectNode fields = patchFields(host, VERSION);
        ObjectNode spec = fields.putObject("spec").put("vcpu", 0.25).put("memory", "64M");
        spec.putArray("ports").addObject().put("container", PORT);
        return fields;
    }

    private static ObjectNode patchFields(StackHost host, String image) {
        return Json.object().put("image_ref", host.demoImages().getOrDefault(image, ""));
    }

    private JobResult perform(Stack stack, OpKind kind, ObjectNode fields) {
        JobMessage message = JobMessage.of(kind, GAME, JobMessage.newId(), fields);
        report.tell(
                kind.wire(),
                "a " + kind.wire() + " job goes into queue " + stack.queue(kind) + ": " + Json.write(fields),
                Json.object()
                        .put("job_id", message.job().request().job().value())
                        .put("op_id", message.job().request().op().value()));
        stack.send(kind, message.body());
        JobResult result = new JobFollower(stack.games(), (_, _) -> {})
                .follow(message.job(), JOB_LIMIT)
                .orElseThrow(() ->
                        CommandFailed.failed("the " + kind.wire() + " job has no result after " + JOB_LIMIT.toSeconds()
                                + " s (" + message.job().request().op() + ")"));
        steps.awaitEnd(result.op(), kind, LOG_LIMIT);
        return result;
    }

    private void done(JobResult result) {
        prove(result, Outcome.SUCCESS, Effect.CHANGED);
    }

    private void undone(JobResult result) {
        prove(result, Outcome.FAILURE, Effect.ROLLED_BACK);
    }

    private void prove(JobResult result, Outcome outcome, Effect effect) {
        String summary =
                new ResultText(new Style(false)).summary(result).lines().collect(joining(" "));
        DemoProofs.require(result.outcome() == outcome && result.effect() == effect, summary);
        report.proven("result", summary, ResultJson.write(result));
    }
}
