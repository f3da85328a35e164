package dev.berth.bench;

import dev.berth.local.process.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One start, restart, patch, stop and cleanup, beside what a user would do instead and beside the physical limit. */
@Command(
        name = "life",
        description = "Measure a start, restart, patch, stop and cleanup beside the raw Engine API and others.",
        mixinStandardHelpOptions = true)
final class LifeBench implements Callable<Integer> {
    private static final int WARM_UP_ROUNDS = 5;

    @Option(names = "--rounds", defaultValue = "30", description = "Of each entrant (default: ${DEFAULT-VALUE}).")
    private int rounds;

    /** What a function calls once for each job is compiled after 200 of them; nearly all of it is called twice. */
    @Option(
            names = "--warm-up",
            defaultValue = "150",
            description = "Games that Berth leads through their lives before (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Mixin
    private ReportOptions printed = new ReportOptions();

    @Override
    public Integer call() {
        Report report = printed.report();
        Steps steps = new Steps();
        try (Lab lab = new Lab(1, 1, steps)) {
            BerthEntrant berth = new BerthEntrant(new Jobs(lab.aws()), lab);
            run(berth, new Race(entrants(berth, lab, report)), steps, report);
        }
        return 0;
    }

    private void run(BerthEntrant berth, Race entered, Steps steps, Report report) {
        try (Race race = entered) {
            berth.warmUp(warmUp);
            race.warmUp(WARM_UP_ROUNDS);
            steps.clear();
            Map<String, Map<String, Samples>> measured = race.run(rounds);
            measured.forEach((part, all) -> report.table(part, Report.compared(part, all)));
            measured.keySet()
                    .forEach(part -> report.table(
                            "where the time of a " + part + " goes",
                            steps.of(part.equals("cleanup") ? "cleanup_container" : part)));
        }
    }

    /** Ourselves and the physical limit, and of what a user would do instead all that this machine has. */
    private static List<Entrant> entrants(BerthEntrant berth, Lab lab, Report report) {
        List<Entrant> entrants =
                new ArrayList<>(List.of(new RawEngine(lab.engine(), lab), berth, new DockerJava(lab.engine(), lab)));
        if (Commands.find("docker").isPresent()) {
            entrants.add(new DockerCommand(new DockerProgram(List.of("docker"), lab.engine()), lab.image()));
        } else {
            report.say("docker run is left out: there is no docker command here");
        }
        ComposeCommand.find(lab.engine(), lab.image())
                .ifPresentOrElse(
                        entrants::add,
                        () -> report.say(
                                "docker compose is left out: neither the plugin nor docker-compose works here"));
        try {
            entrants.add(SwarmService.on(lab.engine(), lab.image()));
        } catch (AskedEngine.Refused why) {
            report.say("a Swarm service is left out: " + why.getMessage());
        }
        return entrants;
    }
}
