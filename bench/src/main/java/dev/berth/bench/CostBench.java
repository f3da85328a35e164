package dev.berth.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.bench.CountedWork.Taken;
import dev.berth.local.aws.Template;
import dev.berth.local.costs.IdleMonth;
import dev.berth.local.costs.Prices;
import dev.berth.model.OpKind;
import dev.berth.operation.Operations;
import dev.berth.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What AWS would ask for what is done here: the requests and units of this run, and as much of a function's time as it took on
 * this machine. The guide has the same with the time that is usual on AWS.
 */
@Command(
        name = "cost",
        description = "Count what each operation asks of AWS, and tell what that and an idle month cost.",
        mixinStandardHelpOptions = true)
final class CostBench implements Callable<Integer> {
    private static final int EACH = 1000;

    @Option(names = "--rounds", defaultValue = "10", description = "Of each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private ReportOptions printed = new ReportOptions();

    private final Map<OpKind, List<Taken>> taken = new LinkedHashMap<>();

    @Override
    public Integer call() {
        Report report = printed.report();
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        IdleMinute minute;
        try (Lab lab = new Lab(1, 1, line -> told(line, lines));
                CountedWork work = new CountedWork(lab)) {
            Operations operations = new Operations(work.world());
            life("warm-up", lab, work, operations);
            taken.clear();
            for (int round = 0; round < rounds; round++) {
                life("game-" + round, lab, work, operations);
            }
            minute = IdleMinute.of(lab, work);
        }
        report.table(
                "a thousand of each operation",
                taken.entrySet().stream()
                        .map(kind -> row(kind.getKey(), kind.getValue()))
                        .toList());
        IdleMonth month = new IdleMonth(Prices.LISTED, Template.read(Lab.home().resolve("template.yaml"), Lab.STACK));
        report.table(
                "a month in which nothing is asked for",
                minute.month(month, lines).stream().map(CostBench::row).toList());
        return 0;
    }

    /** A JVM may print something beside. */
    private static void told(String line, Queue<String> lines) {
        if (line.startsWith("{")) {
            lines.add(line);
        }
    }

    private void life(String game, Lab lab, CountedWork work, Operations operations) {
        Jobs.life(game, lab)
                .forEach((kind, message) -> taken.computeIfAbsent(kind, _ -> new ArrayList<>())
                        .add(work.perform(operations, kind, message)));
    }

    private static ObjectNode row(OpKind kind, List<Taken> all) {
        return Json.object()
                .put("of", kind.wire())
                .put("requests to DynamoDB, each", Report.rounded(mean(all, Taken::requests), 10))
                .put("read units", Math.round(EACH * mean(all, one -> one.use().readUnits())))
                .put("write units", Math.round(EACH * mean(all, one -> one.use().writeUnits())))
                .put(
                        "queue requests",
                        Math.round(EACH * mean(all, one -> one.use().queueRequests())))
                .put("ms, each", Math.round(mean(all, one -> one.use().billed().toMillis())))
                .put("log MB", Report.rounded(EACH * mean(all, one -> one.use().logBytes()) / 1e6, 10))
                .put("dollars", Report.rounded(EACH * mean(all, one -> one.use().dollars(Prices.LISTED)), 1000));
    }

    private static double mean(List<Taken> all, ToDoubleFunction<Taken> what) {
        return all.stream().mapToDouble(what).average().orElseThrow();
    }

    private static ObjectNode row(IdleMonth.Item item) {
        return Json.object()
                .put("for", item.what())
                .put("how", item.how())
                .put("dollars", Report.rounded(item.dollars(), 100));
    }
}
