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

    /** More at a time only lengthens each on one engine. */
    private static final int WARM_UP_AT_A_TIME = 4;

    @Option(names = "--rounds", defaultValue = "30", description = "Of each entrant (default: ${DEFAULT-VALUE}).")
    private int rounds;

    /** What a function calls once for each job is compiled after 200 of them; nearly all of it is called twice. */
    @Option(
            names = "--warm-up",
            defaultValue = "150",
            description = "Games that Berth leads through their lives before (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--alone", description = "Only Berth and the raw Engine API, for more rounds in less time.")
    private boolean alone;

    @Mixin
    private ReportOptions printed = new ReportOptions();

    @Override
    public Integer call() {
        Report report = printed.report();
        Steps steps = new Steps();
        try (Lab lab = new Lab(1, 1, steps)) {
            BerthEntrant berth = new BerthEntrant(new Jobs(lab.aws()), lab);
            OneProcess operations = new OneProcess(lab);
            List<Entrant> entrants = new ArrayList<>(List.of(new RawEngine(lab.engine(), lab), berth, operations));
            if (!alone) {
                entrants.addAll(others(lab, report));
            }
            try (Race race = new Race(entrants)) {
                warmUp(berth, warmUp);
                // Its kinds of jobs share a process, where each function has one of its own.
                warmUp(operations, warmUp / 4);
                race.warmUp(WARM_UP_ROUNDS);
                steps.clear();
                operations.clear();
                Map<String, Map<String, Samples>> measured = race.run(rounds);
                measured.forEach((part, all) -> report.table(part, Report.compared(part, all)));
                report.table("the operations by themselves, without queue and Lambda", operations.parts());
                measured.keySet()
                        .forEach(part -> report.table(
                                "where the time of a " + part + " goes",
                                steps.of(part.equals("cleanup") ? "cleanup_container" : part)));
            }
        }
        return 0;
    }

    private static void warmUp(Entrant entrant, int games) {
        new Callers(WARM_UP_AT_A_TIME).each(games, game -> entrant.life("warm-up-" + game));
    }

    /** What a user would do instead, as far as this machine has it. */
    private static List<Entrant> others(Lab lab, Report report) {
        List<Entrant> entrants = new ArrayList<>(List.of(new DockerJava(lab.engine(), lab)));
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
