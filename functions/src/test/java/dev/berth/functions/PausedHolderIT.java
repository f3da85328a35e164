package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.Job;
import dev.berth.model.JobResult;
import dev.berth.model.OpKind;
import dev.berth.operation.Verdict;
import dev.berth.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * More than two hundred holders of a game that stand still until another handler has taken it over and is done, and then go on.
 * The other one's clock is ahead, so that nobody has to wait for a lease to run out.
 */
@ExtendWith(LocalBerth.Provided.class)
class PausedHolderIT {
    /** What a start does under its lease: open, find image, create, save, start, inspect, commit. */
    private static final int CALLS_OF_A_START = 7;

    private static final int START_CALL = 5;

    private static final Set<ErrorCode> FENCED_OUT = Set.of(ErrorCode.LEASE_LOST);

    /** Its container is gone, says the engine, before the store can say that the lease is. */
    private static final Set<ErrorCode> GONE = Set.of(ErrorCode.LEASE_LOST, ErrorCode.DOCKER_ERROR);

    /** Open, stop, inspect, commit. */
    private static final int CALLS_OF_A_STOP = 4;

    /**
     * Find image, open, stop, inspect, commit the stop, rename, save, create, save, start, inspect, commit the start,
     * remove, commit.
     */
    private static final int CALLS_OF_A_RESTART = 14;

    private static final int START_CALL_OF_A_RESTART = 10;

    private final LocalBerth berth;
    private final Arena arena;
    private final Handler holder;
    private final Handler other;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    PausedHolderIT(LocalBerth berth) {
        this.berth = berth;
        arena = new Arena(berth);
        holder = new Handler(berth, Clock.system());
        other = new Handler(berth, Handler.ahead(Duration.ofMinutes(2)));
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        holder.close();
        other.close();
    }

    @Test
    void commitsNothingAnyMoreOnceItsGameIsTaken() throws Exception {
        for (int round = 0; round < 152; round++) {
            GameId game = LocalBerth.newGame();
            Job late = Arena.stop(game, game + "-late");
            takeOver(late, 1, round % 2 == 0 ? late : Arena.stop(game, game + "-quick"));
            arena.assertSettled(game);
        }
    }

    @Test
    void leavesTheNewerContainerAloneWhereverItWakesInAStart() throws Exception {
        for (int round = 0; round < 4 * CALLS_OF_A_START; round++) {
            GameId game = LocalBerth.newGame();
            Job late = arena.start(game, game + "-late");
            Job quick = round % 2 == 0 ? late : arena.start(game, game + "-quick");

            JobResult result = takeOver(late, 1 + round % CALLS_OF_A_START, quick);

            assertThat(arena.running(game)).hasSize(1);
            assertSameAfterRepeating(game, List.of(result, other.finish(late)));
            arena.clear(game);
        }
    }

    @Test
    void doesNotStopWhatWasStartedAnewWhereverItWakesInAStop() throws Exception {
        for (int round = 0; round < 5 * CALLS_OF_A_STOP; round++) {
            GameId game = LocalBerth.newGame();
            holder.finish(arena.start(game, game + "-first"));
            Job late = Arena.stop(game, game + "-late");

            JobResult result = takeOver(late, 1 + round % CALLS_OF_A_STOP, arena.start(game, game + "-quick"));

            assertThat(arena.running(game)).hasSize(1);
            arena.assertOneEntryEach(game, List.of(result));
            arena.assertSettled(game);
            arena.clear(game);
        }
    }

    @Test
    void leavesTheNewerContainerAloneWhereverItWakesInARestart() throws Exception {
        for (int round = 0; round < 2 * CALLS_OF_A_RESTART; round++) {
            GameId game = LocalBerth.newGame();
            holder.finish(arena.start(game, game + "-first"));
            Instant asked = Instant.now();
            Job late = Arena.restart(game, game + "-late", asked);
            Job quick = round % 2 == 0 ? late : Arena.restart(game, game + "-quick", asked);
            int call = 1 + round / 2;

            takeOver(late, call, quick, call == START_CALL_OF_A_RESTART);

            assertThat(arena.running(game)).hasSize(1);
            other.finish(late);
            arena.assertRestartedOnceEach(
                    game, Stream.of(late, quick).distinct().toList());
            arena.assertSettled(game);
            arena.clear(game);
        }
    }

    /**
     * The old container is back, under the id that the late one knows: a call that is under way can still stop it, or
     * take its name. But the record stays as it is, no second one runs, and the next restart puts all in order.
     */
    @Test
    void doesNotMakeASecondContainerLiveWhereverItWakesAfterARollback() throws Exception {
        for (int call = 1; call <= CALLS_OF_A_RESTART; call++) {
            GameId game = LocalBerth.newGame();
            ObjectNode first = arena.startMessage(game, game + "-first");
            ((ObjectNode) first.path("spec")).put("settle_seconds", 1);
            holder.finish(Arena.job(OpKind.START, first));
            ObjectNode broken = Arena.message(game, game + "-broken").put("image_ref", berth.images.get("broken"));
            Job late = Arena.job(OpKind.PATCH, broken);

            Breakpoint breakpoint = Breakpoint.before(call);
            Future<Verdict> end = threads.submit(() -> holder.perform(late, breakpoint));
            breakpoint.awaitReached();
            assertThat(other.finish(late).effect()).isEqualTo(Effect.ROLLED_BACK);
            arena.assertSettled(game);
            var item = berth.item(game);
            breakpoint.goOn();

            assertThat(end.get(30, TimeUnit.SECONDS))
                    .as("woken before call %d", call)
                    .isInstanceOf(Verdict.GiveBack.class);
            assertThat(berth.item(game)).isEqualTo(item);
            assertThat(arena.running(game)).hasSizeLessThanOrEqualTo(1);
            other.finish(Arena.restart(game, game + "-restart", Instant.now()));
            assertThat(arena.running(game)).hasSize(1);
            arena.assertSettled(game);
            arena.clear(game);
        }
    }

    private void assertSameAfterRepeating(GameId game, List<JobResult> results) {
        int entries = berth.entries(game).size();
        assertThat(results).extracting(JobResult::seq).doesNotContain(Optional.empty());
        arena.assertOneEntryEach(game, results);
        arena.assertSettled(game);
        assertThat(berth.entries(game)).hasSize(entries);
    }

    /** The late job stands before that call while the quick one is done; when it wakes, it changes nothing any more. */
    private JobResult takeOver(Job late, int call, Job quick) throws Exception {
        return takeOver(late, call, quick, call == START_CALL);
    }

    private JobResult takeOver(Job late, int call, Job quick, boolean starts) throws Exception {
        Breakpoint breakpoint = Breakpoint.before(call);
        Future<Verdict> end = threads.submit(() -> holder.perform(late, breakpoint));
        breakpoint.awaitReached();
        JobResult result = other.finish(quick);
        var item = berth.item(late.game());
        var containers = arena.states(late.game());
        breakpoint.goOn();
        assertThat(end.get(30, TimeUnit.SECONDS))
                .as("woken before call %d", call)
                .isInstanceOfSatisfying(
                        Verdict.GiveBack.class,
                        given -> assertThat(given.why().code()).isIn(starts ? GONE : FENCED_OUT));
        assertThat(berth.item(late.game())).isEqualTo(item);
        assertThat(arena.states(late.game())).isEqualTo(containers);
        return result;
    }
}
