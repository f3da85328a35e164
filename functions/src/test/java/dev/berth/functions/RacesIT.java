package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Effect;
import dev.berth.model.GameId;
import dev.berth.model.Job;
import dev.berth.model.JobResult;
import dev.berth.model.Outcome;
import dev.berth.port.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand races of handlers, two or more, that share nothing but the tables and the engine. */
@ExtendWith(LocalBerth.Provided.class)
class RacesIT {
    private static final int RESTARTS = 4;

    private final Arena arena;
    private final List<Handler> handlers;
    private final Handler one;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    RacesIT(LocalBerth berth) {
        arena = new Arena(berth);
        handlers = Stream.generate(() -> new Handler(berth, Clock.system()))
                .limit(RESTARTS)
                .toList();
        one = handlers.getFirst();
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        handlers.forEach(Handler::close);
    }

    @Test
    void giveTheSameAnswerToOneJobThatBothGet() throws Exception {
        for (int round = 0; round < 300; round++) {
            GameId game = LocalBerth.newGame();
            Job job = Arena.stop(game, game + "-same");

            List<JobResult> results = race(job, job);

            assertThat(results.getFirst()).isEqualTo(results.getLast());
            arena.assertSettled(game);
        }
    }

    @Test
    void refuseTwoStopsOfAGameThatNobodyKnows() throws Exception {
        for (int round = 0; round < 300; round++) {
            GameId game = LocalBerth.newGame();

            List<JobResult> results = race(Arena.stop(game, game + "-a"), Arena.stop(game, game + "-b"));

            assertThat(results).extracting(JobResult::outcome).containsOnly(Outcome.FAILURE);
            arena.assertOneEntryEach(game, results);
            arena.assertSettled(game);
        }
    }

    @Test
    void findNothingToDoForStartsOfAGameThatRuns() throws Exception {
        for (int games = 0; games < 15; games++) {
            GameId game = LocalBerth.newGame();
            one.finish(arena.start(game, game + "-first"));
            for (int round = 0; round < 20; round++) {
                List<JobResult> results =
                        race(arena.start(game, game + "-a" + round), arena.start(game, game + "-b" + round));

                assertThat(results).extracting(JobResult::effect).containsOnly(Effect.NOOP);
                arena.assertOneEntryEach(game, results);
                arena.assertSettled(game);
            }
            arena.clear(game);
        }
    }

    @Test
    void makeOneContainerAndAnHonestLogOfStartsAndStops() throws Exception {
        for (int round = 0; round < 50; round++) {
            GameId game = LocalBerth.newGame();
            Job start = arena.start(game, game + "-start");
            Job rival = switch (round % 3) {
                case 0 -> start;
                case 1 -> arena.start(game, game + "-rival");
                default -> Arena.stop(game, game + "-rival");
            };
            assertRace(game, start, rival);

            Job stop = Arena.stop(game, game + "-stop");
            Job again = round % 2 == 0 ? arena.start(game, game + "-again") : Arena.stop(game, game + "-again");
            assertRace(game, stop, again);
            arena.clear(game);
        }
    }

    /** All were asked for at the same time, so that none is too old for another one. */
    @Test
    void doOneRestartAfterTheOther() throws Exception {
        for (int round = 0; round < 8; round++) {
            GameId game = LocalBerth.newGame();
            one.finish(arena.start(game, game + "-start"));
            Instant asked = Instant.now();
            List<Job> jobs = IntStream.range(0, RESTARTS)
                    .mapToObj(i -> Arena.restart(game, game + "-" + i, asked))
                    .toList();

            List<JobResult> results = race(jobs);

            assertThat(results)
                    .allSatisfy(result -> assertThat(result.outcome()).isEqualTo(Outcome.SUCCESS));
            assertThat(arena.running(game)).hasSize(1);
            arena.assertRestartedOnceEach(game, jobs);
            arena.assertSettled(game);
            arena.clear(game);
        }
    }

    private void assertRace(GameId game, Job first, Job second) throws Exception {
        List<JobResult> results = race(first, second);
        if (first.equals(second)) {
            assertThat(results.getFirst()).isEqualTo(results.getLast());
        }
        arena.assertOneEntryEach(game, results);
        arena.assertSettled(game);
    }

    private List<JobResult> race(Job first, Job second) throws Exception {
        return race(List.of(first, second));
    }

    /** Each job at a handler of its own. */
    private List<JobResult> race(List<Job> jobs) throws Exception {
        CyclicBarrier line = new CyclicBarrier(jobs.size());
        List<Future<JobResult>> runs = IntStream.range(0, jobs.size())
                .mapToObj(i -> threads.submit(() -> run(line, handlers.get(i), jobs.get(i))))
                .toList();
        List<JobResult> results = new ArrayList<>();
        for (Future<JobResult> run : runs) {
            results.add(run.get(90, TimeUnit.SECONDS));
        }
        return results;
    }

    private static JobResult run(CyclicBarrier line, Handler handler, Job job) throws Exception {
        line.await(30, TimeUnit.SECONDS);
        return handler.finish(job);
    }
}
