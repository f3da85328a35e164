package dev.berth.sim;

import dev.berth.model.GameId;
import dev.berth.model.ImageRef;
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
 * @param attempt the one that the job itself has, after those of the jobs before it
 * @param calls how many calls the job's attempt makes if nothing goes wrong
 */
record Story(String name, OpKind kind, int calls, List<Sent> jobs, int attempt) {
    private static final GameId GAME = new GameId("chess");
    private static final long APART = 100_000;
    private static final long MEETS = 62_000;

    /** At least one for each kind of job; how many calls each makes is counted here, so that more are noticed. */
    static List<Story> all() {
        return List.of(
                story("start of a game that is not known", 12, start(Images.GOOD)),
                story("start of an image that must be pulled", 15, start(Images.OTHER)),
                story("start with files and a volume", 15, startFilled()),
                story("start of a stopped game", 16, start(Images.GOOD), stop(), start(Images.GOOD)),
                story("start of a running game", 7, start(Images.GOOD), start(Images.GOOD)),
                story("start of a container that dies", 22, start(Images.DIES)),
                story("start of a container that cannot be started", 20, start(Images.REFUSES)),
                story("start of an image that is nowhere", 10, start(Images.ABSENT)),
                story("stop of a running game", 9, start(Images.GOOD), stop()),
                story("stop of a stopped game", 5, start(Images.GOOD), stop(), stop()),
                story("stop of a game that is not known", 5, stop()),
                story("restart of a running game", 27, start(Images.GOOD), restart()),
                story("restart of a stopped game", 27, start(Images.GOOD), stop(), restart()),
                story("restart of a game that is not known", 5, restart()),
                story("patch of a running game", 30, start(Images.GOOD), patch(Images.OTHER)),
                story("patch to the image that runs", 8, start(Images.GOOD), patch(Images.GOOD)),
                story("patch to a container that dies", 34, start(Images.GOOD), patch(Images.DIES)),
                story("patch to a container that cannot be started", 32, start(Images.GOOD), patch(Images.REFUSES)),
                story("patch to a container that is never healthy", 42, start(Images.GOOD, true), patch(Images.SICK)),
                story("patch to an image that is nowhere", 8, start(Images.GOOD), patch(Images.ABSENT)),
                story("patch to an image that is denied", 8, start(Images.GOOD), patch(Images.DENIED)),
                story("patch of a stopped game", 30, start(Images.GOOD), stop(), patch(Images.OTHER)),
                story("patch to another minor version", 5, start(Images.GOOD), patch(Images.NEXT)),
                story("cleanup of a stopped game", 12, start(Images.GOOD), stop(), cleanup()),
                story("cleanup with the volumes", 13, startFilled(), stop(), purge()),
                story("cleanup of a running game", 5, start(Images.GOOD), cleanup()),
                story("cleanup of a game that is not known", 5, cleanup()));
    }

    /** The ones in which an old container gives way to a new one, or comes back. */
    static List<Story> ofReplacing() {
        return all().stream()
                .filter(story -> story.kind() == OpKind.RESTART || story.kind() == OpKind.PATCH)
                .filter(story -> story.jobs().size() > 1)
                .toList();
    }

    private interface Maker {
        Job at(int number, Instant at);
    }

    private static Maker start(ImageRef image) {
        return start(image, false);
    }

    private static Maker start(ImageRef image, boolean checked) {
        return (number, at) -> {
            StartJob any = Jobs.start(GAME, "j" + number, at);
            return new StartJob(any.game(), any.request(), image, Optional.of(Jobs.served(checked)), List.of());
        };
    }

    private static Maker startFilled() {
        return (number, at) -> {
            StartJob any = Jobs.start(GAME, "j" + number, at);
            return new StartJob(any.game(), any.request(), any.image(), Optional.of(Jobs.filled()), any.contents());
        };
    }

    private static Maker stop() {
        return (number, at) -> {
            StopJob any = Jobs.stop(GAME, "j" + number, at);
            return new StopJob(any.game(), any.request(), any.reason(), Optional.empty());
        };
    }

    private static Maker restart() {
        return (number, at) -> Jobs.restart(GAME, "j" + number, at);
    }

    private static Maker patch(ImageRef image) {
        return (number, at) -> Jobs.patch(GAME, "j" + number, at, image);
    }

    private static Maker cleanup() {
        return (number, at) -> Jobs.cleanup(GAME, "j" + number, at);
    }

    private static Maker purge() {
        return (number, at) -> Jobs.purge(GAME, "j" + number, at);
    }

    private static Story story(String name, int calls, Maker... makers) {
        List<Sent> jobs = new ArrayList<>();
        for (Maker maker : makers) {
            long at = jobs.size() * APART;
            jobs.add(new Sent(at, maker.at(jobs.size(), SimClock.BEGIN.plusMillis(at))));
        }
        return new Story(name, jobs.getLast().job().kind(), calls, jobs, jobs.size() - 1);
    }

    /** The same, but a stop arrives a minute after the job. */
    Story metByAStop() {
        List<Sent> more = new ArrayList<>(jobs);
        long at = jobs.getLast().at() + MEETS;
        more.add(new Sent(at, stop().at(jobs.size(), SimClock.BEGIN.plusMillis(at))));
        return new Story(name + ", met by a stop", kind, calls, more, attempt);
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
