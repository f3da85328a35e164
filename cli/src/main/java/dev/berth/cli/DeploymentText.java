package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.action.Deployment;
import dev.berth.action.Deployment.Status;
import dev.berth.wire.Json;
import java.util.Locale;

/** An operation under way: how far it has come. */
record DeploymentText(Deployment open) {
    /** In short: where it is, and which way it goes. */
    String step() {
        return "step " + (open.step() + 1) + " of " + open.steps() + ": " + open.stepName()
                + (open.status() == Status.UNDOING ? ", being undone" : "");
    }

    /** All that a person wants to know who waits for it. */
    String whole() {
        return step()
                + open.progress().map(progress -> ", " + progress).orElse("")
                + (open.attempt() > 1 ? ", attempt " + open.attempt() : "")
                + error();
    }

    /** What it is undone for, or why the step is tried again. */
    private String error() {
        return open.rollbackError()
                .or(() -> open.errors().stream().reduce((_, newer) -> newer))
                .map(error -> ", after " + error.code() + ": "
                        + error.text().lines().findFirst().orElse(""))
                .orElse("");
    }

    /** For programs; steps are counted from 1. */
    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("action", open.action())
                .put("status", open.status().name().toLowerCase(Locale.ROOT))
                .put("step", open.step() + 1)
                .put("steps", open.steps())
                .put("step_name", open.stepName())
                .put("attempt", open.attempt());
        open.progress().ifPresent(progress -> json.put("progress", progress));
        return json;
    }
}
