package dev.berth.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.CleanupJob;
import dev.berth.model.Job;
import dev.berth.model.PatchJob;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.RestartJob;
import dev.berth.model.SettleJob;
import dev.berth.model.StartJob;
import dev.berth.model.StopJob;
import java.time.Duration;
import java.util.Optional;

/** The messages of the jobs that we send ourselves; {@link JobJson} reads the same jobs from them. */
public final class JobMessages {
    private JobMessages() {}

    /** The same job has the same message always, so that it may be sent twice. */
    public static ObjectNode write(Job job) {
        ObjectNode json = Json.object().put("game_id", job.game().value());
        write(json, job.request());
        switch (job) {
            case StopJob stop -> {
                json.put("reason", stop.reason().wire());
                grace(json, stop.grace());
            }
            case RestartJob restart -> grace(json, restart.grace());
            case CleanupJob cleanup -> {
                if (cleanup.purgeVolumes()) {
                    json.put("purge_volumes", true);
                }
            }
            case StartJob _, PatchJob _ ->
                throw new IllegalArgumentException(
                        "only whoever has the image sends a " + job.kind().wire());
            case SettleJob _ -> throw new IllegalArgumentException("no message carries what reconcile settles");
        }
        return json;
    }

    public static ObjectNode write(ReconcileJob job) {
        ObjectNode json = Json.object().put("host_id", job.host().value());
        write(json, job.request());
        return json;
    }

    private static void write(ObjectNode json, Request request) {
        json.put("job_id", request.job().value());
        json.put("op_source", request.source().wire());
        request.sourceRef().ifPresent(ref -> json.put("source_ref", ref));
        json.put("requested_at", Times.write(request.requestedAt()));
        request.deadline().ifPresent(deadline -> json.put("deadline", Times.write(deadline)));
    }

    private static void grace(ObjectNode json, Optional<Duration> grace) {
        grace.ifPresent(given -> json.put("grace_seconds", given.toSeconds()));
    }
}
