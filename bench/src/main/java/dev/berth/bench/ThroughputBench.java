package dev.berth.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Many games started through the queues, beside the raw Engine API with as many callers. */
@Command(
        name = "throughput",
        description = "Measure starts a second, several at a time, on one engine and on two.",
        mixinStandardHelpOptions = true)
final class ThroughputBench implements Callable<Integer> {
    private static final List<Integer> AT_A_TIME = List.of(1, 2, 4, 8);
    private static final int MOST_AT_A_TIME = 8;
    private static final int HOSTS = 2;

    /** Each takes batches of four, as the template has it: so many sandboxes, and no more, have work for eight at a time. */
    private static final int SANDBOXES = 2;

    /** Starts before, over all sandboxes: what is called twice for each of them is compiled after 100 in each. */
    private static final int WARM_UP = 200;

    @Option(names = "--games", defaultValue = "64", description = "Of each run (default: ${DEFAULT-VALUE}).")
    private int games;

    @Mixin
    private ReportOptions printed = new ReportOptions();

    private final Tally raws = new Tally();
    private final Tally berths = new Tally();
    private int runs;

    /** What the starts of several runs took together. */
    private static final class Tally {
        private int starts;
        private CoreTime time = CoreTime.NONE;

        void add(int more, CoreTime took) {
            starts += more;
            time = time.plus(took);
        }

        void clear() {
            starts = 0;
            time = CoreTime.NONE;
        }

        double millis(CoreTime.Whose whose) {
            return Report.rounded(time.millis(whose, starts), 10);
        }
    }

    @Override
    public Integer call() {
        Report report = printed.report();
        try (Lab lab = new Lab(HOSTS, SANDBOXES, _ -> {});
                Jobs jobs = new Jobs(lab.aws())) {
            List<RawEngine> raw = lab.engines().stream()
                    .map(engine -> new RawEngine(engine, lab))
                    .toList();
            for (int warm = 0; warm < WARM_UP; warm += games) {
                berth(lab, jobs, HOSTS, MOST_AT_A_TIME);
            }
            berths.clear();
            List<ObjectNode> rows = new ArrayList<>();
            for (int engines = 1; engines <= HOSTS; engines++) {
                for (int at : AT_A_TIME) {
                    // Raw before and after, so that what the machine does besides tells in both.
                    double before = raw(lab, raw.subList(0, engines), at);
                    double ours = berth(lab, jobs, engines, at);
                    double limit = (before + raw(lab, raw.subList(0, engines), at)) / 2;
                    rows.add(Json.object()
                            .put("engines", engines)
                            .put("at a time", at)
                            .put("raw, starts a second", Report.rounded(limit, 10))
                            .put("Berth, starts a second", Report.rounded(ours, 10))
                            .put("of raw", Report.rounded(ours / limit, 100)));
                }
            }
            report.table("throughput of " + games + " starts", rows);
            report.table("milliseconds of a core that a start takes beside the engine's", coreTime());
            raw.forEach(RawEngine::close);
        }
        return 0;
    }

    private double raw(Lab lab, List<RawEngine> engines, int at) {
        int run = ++runs;
        double rate = rate(
                raws, at, game -> engines.get(game % engines.size()).start("raw_" + run + "_" + game, lab.image()));
        lab.clear();
        return rate;
    }

    private double berth(Lab lab, Jobs jobs, int engines, int at) {
        int run = ++runs;
        double rate = rate(berths, at, game -> {
            ObjectNode start = Jobs.start("game-" + run + "-" + game, lab.image());
            String host = lab.engines().get(game % engines).hostId();
            start.withObjectProperty("spec").putObject("host_labels").put("name", host);
            jobs.done("StartJobs", start);
        });
        lab.clear();
        return rate;
    }

    private double rate(Tally tally, int callers, IntConsumer start) {
        CoreTime before = CoreTime.now();
        Duration took = Stopwatch.of(() -> new Callers(callers).each(games, start));
        tally.add(games, CoreTime.now().minus(before));
        return games * 1e9 / took.toNanos();
    }

    private List<ObjectNode> coreTime() {
        return Stream.of(CoreTime.Whose.values())
                .map(whose -> Json.object()
                        .put("of", whose.title())
                        .put("raw", raws.millis(whose))
                        .put("Berth", berths.millis(whose)))
                .toList();
    }
}
