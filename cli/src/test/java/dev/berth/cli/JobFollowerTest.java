package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.action.Deployment;
import dev.berth.action.Deployment.Status;
import dev.berth.model.Effect;
import dev.berth.model.GameId;
import dev.berth.model.Job;
import dev.berth.model.JobId;
import dev.berth.model.JobResult;
import dev.berth.model.OpKind;
import dev.berth.model.Outcome;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Games;
import dev.berth.wire.Json;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A job that gets one step further with each look at its game. */
final class JobFollowerTest {
    private static final GameId GAME = new GameId("arena");
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Job patch = patchTo("1.0.1");
    private final Queue<Optional<Deployment>> coming = new ArrayDeque<>();
    private final List<FinishedJob> known = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Optional<FinishedJob> last = Optional.empty();

    @Test
    void tellsEachStepUntilThereIsAResult() {
        coming.add(Optional.empty());
        coming.add(Optional.of(open("patch", 1, "pull the image").withProgress("3 of 5 layers")));
        coming.add(Optional.of(open("patch", 9, "wait until healthy")));
        JobResult result = result(patch, Outcome.SUCCESS);

        assertThat(follow(patch.request().job().value(), patch, result)).contains(result);
        assertThat(told)
                .containsExactly(
                        "patch of arena: waiting",
                        "patch of arena: step 2 of 12: pull the image, 3 of 5 layers",
                        "patch of arena: step 10 of 12: wait until healthy");
    }

    @Test
    void tellsThatWhatAnotherJobHasLeftOpenComesFirst() {
        coming.add(Optional.of(open("restart", 4, "stop the old container")));

        follow(patch.request().job().value(), patch, result(patch, Outcome.SUCCESS));

        assertThat(told).containsExactly("patch of arena: first restart, step 5 of 12: stop the old container");
    }

    @Test
    void waitsForTheResultOfItsOwnContentUnderAKnownId() {
        Job other = patchTo("1.0.2");
        String id = other.request().job().value();
        known.add(new FinishedJob(id, other.request().contentHash(), result(other, Outcome.SUCCESS)));
        coming.add(Optional.empty());
        JobResult mismatch = result(patch, Outcome.FAILURE);

        assertThat(follow(id + "#" + patch.request().contentHash(), patch, mismatch))
                .contains(mismatch);
        assertThat(told).containsExactly("patch of arena: waiting");
    }

    @Test
    void givesUpAfterItsLimit() {
        coming.add(Optional.empty());

        assertThat(new JobFollower(games(), (_, _) -> {}).follow(patch, Duration.ZERO.minusNanos(1)))
                .isEmpty();
    }

    /** With this result under that key once all that was to come has come. */
    private Optional<JobResult> follow(String key, Job job, JobResult result) {
        last = Optional.of(new FinishedJob(key, job.request().contentHash(), result));
        return new JobFollower(games(), (where, _) -> told.add(where)).follow(job, LIMIT);
    }

    private Games games() {
        return (Games) Proxy.newProxyInstance(
                Games.class.getClassLoader(),
                new Class<?>[] {Games.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "find" -> Optional.of(Samples.game(GAME.value(), coming.remove()));
                    case "finished" -> find((String) arguments[0]);
                    default -> throw new AssertionError(method);
                });
    }

    private Optional<FinishedJob> find(String key) {
        return Stream.concat(known.stream(), last.filter(_ -> coming.isEmpty()).stream())
                .filter(job -> job.key().equals(key))
                .findFirst();
    }

    private static Job patchTo(String version) {
        return JobMessage.of(
                        OpKind.PATCH, GAME, new JobId("j-1"), Json.object().put("image_ref", "games/arena:" + version))
                .job();
    }

    private static Deployment open(String action, int step, String name) {
        return new Deployment(
                "op-0123456789ab",
                action,
                "{}",
                Status.RUNNING,
                step,
                name,
                12,
                0,
                "{}",
                1,
                Samples.NOW,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static JobResult result(Job job, Outcome outcome) {
        return new JobResult(
                job.request().job(),
                GAME,
                OpKind.PATCH,
                job.request().source(),
                Optional.empty(),
                outcome,
                Effect.CHANGED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Samples.NOW,
                Samples.NOW);
    }
}
