package dev.berth.cli;

import dev.berth.action.Deployment;
import dev.berth.model.Job;
import dev.berth.model.JobResult;
import dev.berth.model.Request;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Games;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Follows a job to its result. The queue of results is for others: what is read here is the claim that stays. */
final class JobFollower {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Games games;
    private final BiConsumer<String, Duration> progress;

    /** @param progress told where the job is and since when it is followed, as often as it is looked at */
    JobFollower(Games games, BiConsumer<String, Duration> progress) {
        this.games = games;
        this.progress = progress;
    }

    /** The result, or empty if there is none within the limit. */
    Optional<JobResult> follow(Job job, Duration limit) {
        Instant began = Instant.now();
        Duration pause = FIRST_PAUSE;
        while (true) {
            Optional<JobResult> result = result(job.request());
            Duration waited = Duration.between(began, Instant.now());
            if (result.isPresent() || waited.compareTo(limit) > 0) {
                return result;
            }
            progress.accept(where(job), waited);
            OrderlyEnd.sleep(pause);
            pause = waited.dividedBy(10).compareTo(LONGEST_PAUSE) < 0
                    ? FIRST_PAUSE.plus(waited.dividedBy(10))
                    : LONGEST_PAUSE;
        }
    }

    /** A second job under a known id has a claim of its own, under that id and the hash of its content. */
    private Optional<JobResult> result(Request request) {
        return games.finished(request.job().value())
                .flatMap(known -> known.contentHash().equals(request.contentHash())
                        ? Optional.of(known)
                        : games.finished(known.key() + "#" + request.contentHash()))
                .map(FinishedJob::result);
    }

    private String where(Job job) {
        String work = job.kind().wire() + " of " + job.game();
        return games.find(job.game())
                .flatMap(game -> game.deployment())
                .map(open -> work + ": " + before(job, open) + new DeploymentText(open).whole())
                .orElse(work + ": waiting");
    }

    /** What another job has left open on the game is finished first. */
    private static String before(Job job, Deployment open) {
        return open.action().equals(job.kind().wire()) ? "" : "first " + open.action() + ", ";
    }
}
