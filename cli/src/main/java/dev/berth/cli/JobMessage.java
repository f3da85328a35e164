package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.Job;
import dev.berth.model.JobId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.wire.JobJson;
import dev.berth.wire.Json;
import java.time.Instant;
import java.util.UUID;

/** A job as it is sent, and as the function will read it. */
record JobMessage(String body, Job job) {
    /**
     * A message of an operator.
     *
     * @param more the fields of that kind of job
     * @throws dev.berth.model.OperationFailed {@code invalid_request} that names the field
     */
    static JobMessage of(OpKind kind, GameId game, JobId job, ObjectNode more) {
        ObjectNode json = Json.object()
                .put("game_id", game.value())
                .put("job_id", job.value())
                .put("op_source", OpSource.ADMIN_REST.wire())
                .setAll(more);
        String body = Json.write(json);
        return new JobMessage(body, JobJson.read(kind, body, job.value(), Instant.now()));
    }

    static JobId newId() {
        return new JobId("cli-" + UUID.randomUUID());
    }
}
