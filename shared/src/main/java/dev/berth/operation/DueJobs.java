package dev.berth.operation;

import dev.berth.model.CleanupJob;
import dev.berth.model.Due;
import dev.berth.model.GameId;
import dev.berth.model.Job;
import dev.berth.model.JobId;
import dev.berth.model.OpSource;
import dev.berth.model.Request;
import dev.berth.model.RestartJob;
import dev.berth.model.StopJob;
import dev.berth.model.StopReason;
import dev.berth.port.Game;
import dev.berth.wire.JobJson;
import dev.berth.wire.JobMessages;
import dev.berth.wire.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * The job that does what is due about a game. Whoever makes it for the same state of the game makes the same one, down to
 * its id, so that it is done once however often it is sent; and as it was asked for when it became due, whatever was
 * asked for since supersedes it.
 */
final class DueJobs {
    private DueJobs() {}

    /** Empty if nothing is due by now. */
    static Optional<Job> of(Game game, Instant now) {
        return game.dueAt()
                .filter(at -> !at.isAfter(now))
                .flatMap(at -> Due.of(game.record(), game.spec(), at).map(due -> asSent(job(game, due.what(), at))));
    }

    /** As a function reads it from its queue: a claim is of the content too. */
    private static Job asSent(Job job) {
        return JobJson.read(
                job.kind(),
                Json.write(JobMessages.write(job)),
                job.request().job().value(),
                job.request().requestedAt());
    }

    private static Job job(Game game, Due.What what, Instant at) {
        GameId id = game.id();
        return switch (what) {
            case STOP ->
                new StopJob(id, request(game, "stop", OpSource.AUTO_TTL, at), StopReason.IDLE, Optional.empty());
            case RESTART -> new RestartJob(id, request(game, "restart", OpSource.AUTO_RECONCILE, at), Optional.empty());
            case CLEANUP -> new CleanupJob(id, request(game, "cleanup", OpSource.AUTO_TTL, at), false);
        };
    }

    private static Request request(Game game, String what, OpSource source, Instant at) {
        JobId job =
                new JobId("due-" + what + "." + game.id() + "." + game.head().seq() + "." + at.toEpochMilli());
        // The clock of whoever wrote down when it is due may have been behind.
        Instant asked = game.lastRequestedAt().filter(at::isBefore).orElse(at);
        return new Request(job, source, Optional.empty(), asked, Optional.empty(), "");
    }
}
