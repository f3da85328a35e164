package dev.berth.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.action.Deployment;
import dev.berth.action.StepError;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import dev.berth.wire.Times;
import java.util.Locale;

/** An open deployment as it stands in the game item. */
final class DeploymentJson {
    private DeploymentJson() {}

    static ObjectNode write(Deployment deployment) {
        ObjectNode json = Json.object();
        json.put("id", deployment.id());
        json.put("action", deployment.action());
        json.put("input", deployment.input());
        json.put("status", deployment.status().name().toLowerCase(Locale.ROOT));
        json.put("step", deployment.step());
        json.put("step_name", deployment.stepName());
        json.put("steps", deployment.steps());
        json.put("furthest", deployment.furthest());
        json.put("state", deployment.state());
        json.put("attempt", deployment.attempt());
        json.put("started_at", Times.write(deployment.startedAt()));
        var errors = json.putArray("errors");
        deployment.errors().forEach(error -> errors.add(write(error)));
        deployment.rollbackError().ifPresent(error -> json.set("rollback_error", write(error)));
        deployment.progress().ifPresent(progress -> json.put("progress", progress));
        return json;
    }

    static Deployment read(Fields fields) {
        return new Deployment(
                fields.text("id", id -> id),
                fields.text("action", action -> action),
                fields.text("input", input -> input),
                fields.text("status", status -> Deployment.Status.valueOf(status.toUpperCase(Locale.ROOT))),
                (int) fields.whole("step", 0, 1000),
                fields.text("step_name", name -> name),
                (int) fields.whole("steps", 1, 1000),
                (int) fields.whole("furthest", 0, 1000),
                fields.text("state", state -> state),
                (int) fields.whole("attempt", 1, Integer.MAX_VALUE),
                fields.text("started_at", Times::instant),
                fields.objects("errors", Deployment.MAX_ERRORS, DeploymentJson::readError),
                fields.optionalObject("rollback_error", DeploymentJson::readError),
                fields.optionalText("progress", progress -> progress));
    }

    private static ObjectNode write(StepError error) {
        return Json.object()
                .put("step", error.step())
                .put("undo", error.undo())
                .put("code", error.code())
                .put("text", error.text())
                .put("at", Times.write(error.at()));
    }

    private static StepError readError(Fields fields) {
        return new StepError(
                fields.text("step", step -> step),
                fields.flag("undo"),
                fields.text("code", code -> code),
                fields.text("text", text -> text),
                fields.text("at", Times::instant));
    }
}
