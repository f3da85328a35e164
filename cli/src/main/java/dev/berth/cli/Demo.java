package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Endpoint;
import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.JobResult;
import dev.berth.model.OpKind;
import dev.berth.model.Outcome;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.OperationLog.Stored;
import dev.berth.wire.EntryJson;
import dev.berth.wire.Json;
import dev.berth.wire.RecordJson;
import dev.berth.wire.ResultJson;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** The main job, from nothing to a verified log; the first thing that does not hold ends it with a {@link CommandFailed}. */
final class Demo {
    private static final GameId GAME = new GameId("demo");
    private static final int PORT = 8080;
    private static final String VERSION = "1.0.0";
    private static final Duration JOB_LIMIT = Duration.ofMinutes(2);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
    private static final Duration LOG_LIMIT = Duration.ofSeconds(1);

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
        report.proven("ready", "the stack is ready", Json.object());

        JobResult started = perform(stack, OpKind.START, startFields(host));
        Endpoint endpoint = proveAnswer(started);
        String container = proveRecord(stack, RuntimeStatus.RUNNING);
        require(host.runs(container), "the engine does not know container " + container + " as running");

        perform(stack, OpKind.STOP, Json.object().put("reason", "finished"));
        proveRecord(stack, RuntimeStatus.STOPPED);
        proveStopped(host, container, endpoint);

        proveLog(stack);
    }

    private static ObjectNode startFields(StackHost host) {
        String image = host.demoImages().getOrDefault(VERSION, "");
        ObjectNode fields = Json.object().put("image_ref", image);
        ObjectNode spec = fields.putObject("spec").put("vcpu", 0.25).put("memory", "64M");
        spec.putArray("ports").addObject().put("container", PORT);
        return fields;
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
                .orElseThrow(() -> CommandFailed.failed(
                        "the " + kind.wire() + " job has no result after " + JOB_LIMIT.toSeconds() + " s"));
        steps.awaitEnd(result.op(), LOG_LIMIT);
        String summary = new ResultText(new Style(false)).summary(result);
        require(result.outcome() == Outcome.SUCCESS, summary);
        report.proven("result", summary, ResultJson.write(result));
        return result;
    }

    private Endpoint proveAnswer(JobResult started) {
        require(!started.endpoints().isEmpty(), "the result names no published port");
        Endpoint endpoint = started.endpoints().getFirst();
        URI address = URI.create("http://" + endpoint.host() + ":" + endpoint.port() + "/");
        HttpResponse<String> answer = Probe.get(address, ANSWER_LIMIT);
        String body = answer.body().strip();
        require(
                answer.statusCode() == 200 && body.endsWith(VERSION),
                address + " answers " + answer.statusCode() + " \"" + body + "\" instead of version " + VERSION);
        report.proven(
                "answer",
                "the container answers: GET " + address + " -> " + answer.statusCode() + " \"" + body + "\"",
                Json.object()
                        .put("url", address.toString())
                        .put("status", answer.statusCode())
                        .put("body", body));
        return endpoint;
    }

    private String proveRecord(Stack stack, RuntimeStatus expected) {
        RuntimeRecord record = stack.games()
                .find(GAME)
                .flatMap(game -> game.record())
                .orElseThrow(() -> CommandFailed.failed("there is no record of the game"));
        require(
                record.status() == expected,
                "the record says " + record.status().wire() + " instead of " + expected.wire());
        String container = record.container()
                .map(GameContainer::id)
                .orElseThrow(() -> CommandFailed.failed("the record knows no container"));
        report.proven(
                "record",
                "the record says " + expected.wire() + ": container " + ResultText.shortId(container)
                        + record.host().map(id -> " on " + id).orElse("")
                        + record.exit()
                                .flatMap(exit -> exit.code())
                                .map(code -> ", exit code " + code)
                                .orElse(""),
                RecordJson.write(record));
        return container;
    }

    private void proveStopped(StackHost host, String container, Endpoint endpoint) {
        require(!host.runs(container), "the engine says that container " + container + " still runs");
        require(
                Probe.isClosed(endpoint.host(), endpoint.port()),
                endpoint.host() + ":" + endpoint.port() + " is still open");
        report.proven(
                "stopped",
                "the container is stopped: the engine says so, and port " + endpoint.port() + " is closed",
                Json.object().put("container_id", container).put("port", endpoint.port()));
    }

    private void proveLog(Stack stack) {
        LogReader reader = new LogReader(stack);
        List<Stored> entries = reader.read(GAME);
        entries.forEach(stored -> report.detail(
                "entry",
                "entry " + stored.entry().seq() + ": " + stored.entry().kind().wire() + ", "
                        + stored.entry().outcome().wire() + ", "
                        + stored.entry().op() + ", hash "
                        + ResultText.shortId(stored.hash()),
                EntryJson.write(stored.entry()).put("hash", stored.hash())));
        LogVerification verification = reader.verify(GAME);
        verification.problem().ifPresent(problem -> {
            throw CommandFailed.failed("the operation log: entry " + problem.seq() + " " + problem.text());
        });
        require(verification.entries() == 2, "the log has " + verification.entries() + " entries instead of 2");
        report.proven(
                "verified",
                "the operation log is verified: " + verification.entries()
                        + " entries, each hash recomputed, chained up to the head",
                Json.object().put("entries", verification.entries()));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw CommandFailed.failed(otherwise);
        }
    }
}
