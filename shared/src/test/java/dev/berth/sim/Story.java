package dev.berth.sim;

import dev.berth.model.GameId;
import dev.berth.model.Job;
import dev.berth.model.OpKind;
import dev.berth.model.StartJob;
import dev.berth.model.StopJob;
import dev.berth.sim.Scenario.Sent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A job, and the jobs before it that make the world as it is to be found.
 *
 * @param calls how many calls the job's attempt makes if nothing goes wrong
 */
record Story(String name, OpKind kind, int calls, List<Sent> jobs) {
    private static final GameId GAME = new GameId("chess");
    private static final long APART = 100_000;

    /** At least one for each kind of job; how many calls each makes is counted here, so that more are noticed. */
    static List<Story> all() {
        return List.of(
                story("start of a game that is not known", 12, start(Images.GOOD)),
                story("start of an image that must be pulled", 15, start(Images.OTHER)),
                story("start of a stopped game", 15, start(Images.GOOD), stop(), start(Images.GOOD)),
                story("start of a running game", 7, start(Images.GOOD), start(Images.GOOD)),
                story("start of a container that dies", 22, start(Images.DIES)),
                story("start of a container that cannot be started", 20, start(Images.REFUSES)),
                story("start of an image that is nowhere", 10, start(Images.ABSENT)),
                story("stop of a running game", 9, start(Images.GOOD), stop()),
                story("stop of a stopped game", 5, start(Images.GOOD), stop(), stop()),
                story("stop of a game that is not known", 5, stop()));
    }

    private interface Maker {
        Job at(int number, Instant at);
    }

    private static Maker start(dev.berth.model.ImageRef image) {
        return (number, at) -> {
            StartJob any = Jobs.start(GAME, "j" + number, at);
            return new StartJob(any.game(), any.request(), image, any.spec());
        };
    }

    private static Maker stop() {
        return (number, at) -> {
            StopJob any = Jobs.stop(GAME, "j" + number, at);
            return new StopJob(any.game(), any.request(), any.reason(), Optional.empty());
        };
    }

    private static Story story(String name, int calls, Maker... makers) {
        List<Sent> jobs = new ArrayList<>();
        for (Maker maker : makers) {
            long at = jobs.size() * APART;
            jobs.add(new Sent(at, maker.at(jobs.size(), SimClock.BEGIN.plusMillis(at))));
        }
        return new Story(name, jobs.getLast().job().kind(), calls, jobs);
    }

    /** The attempt that the job itself has, after those of the jobs before it. */
    int attempt() {
        return jobs.size() - 1;
    }

    GameId game() {
        return GAME;
    }

    Scenario scenario() {
        return Scenario.of(jobs);
    }

    @Override
    public String toString() {
        return name;
    }
}
