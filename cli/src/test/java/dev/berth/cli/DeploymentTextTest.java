package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.action.Deployment;
import dev.berth.action.Deployment.Status;
import dev.berth.action.StepError;
import dev.berth.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeploymentTextTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final Deployment open = new Deployment(
            "op-0123456789ab",
            "patch",
            "{}",
            Status.RUNNING,
            1,
            "pull the image",
            8,
            0,
            "{}",
            1,
            NOW,
            List.of(),
            Optional.empty(),
            Optional.empty());

    @Test
    void countsStepsFromOne() {
        assertThat(new DeploymentText(open).whole()).isEqualTo("step 2 of 8: pull the image");
    }

    @Test
    void tellsHowFarAPullIs() {
        assertThat(new DeploymentText(open.withProgress("3 of 5 layers")).whole())
                .isEqualTo("step 2 of 8: pull the image, 3 of 5 layers");
    }

    @Test
    void tellsOfEveryAttemptButTheFirst() {
        Deployment again =
                open.noting(error("image_pull_failed", "no progress")).resumed();

        assertThat(new DeploymentText(again).whole())
                .isEqualTo("step 2 of 8: pull the image, attempt 2, after image_pull_failed: no progress");
    }

    @Test
    void tellsWhatItIsUndoneForInOneLine() {
        Deployment undoing = open.undoing(error("container_start_failed", "exited with 1\nit printed this"))
                .noting(error("docker_error", "and then that"));

        assertThat(new DeploymentText(undoing).whole())
                .isEqualTo("step 2 of 8: pull the image, being undone, after container_start_failed: exited with 1");
    }

    @Test
    void tellsTheSameToPrograms() {
        assertThat(new DeploymentText(open.withProgress("3 of 5 layers")).json())
                .isEqualTo(Json.parse("""
                        {"action": "patch", "status": "running", "step": 2, "steps": 8, "step_name": "pull the image",
                         "attempt": 1, "progress": "3 of 5 layers"}"""));
    }

    private static StepError error(String code, String text) {
        return new StepError("pull the image", false, code, text, NOW);
    }
}
