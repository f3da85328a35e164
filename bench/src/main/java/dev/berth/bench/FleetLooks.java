package dev.berth.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.Tables;
import dev.berth.model.HostId;
import dev.berth.model.Limits;
import dev.berth.operation.Delivery;
import dev.berth.operation.Operations;
import dev.berth.operation.ReconcileHost;
import dev.berth.operation.SideBySide;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.port.Telemetry;
import dev.berth.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Looks at a fleet, at one host after the other: the operations as they are, on DynamoDB Local and on engines in memory. What
 * they take grows with the hosts and with what has drifted, not with what is in order.
 *
 * <p>What drifts are games whose containers somebody removed. The first look notes it; one that comes half a minute later records
 * it, under the game's lease and with an entry in its log.
 */
final class FleetLooks implements AutoCloseable {
    private static final int FEW = 25;
    private static final int MANY = 100;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final CountedStack stack = new CountedStack();
    private final Fleet fleet;
    private final FleetEngines engines;
    private final LongAdder settled = new LongAdder();
    private int looks;

    FleetLooks() {
        fleet = new Fleet(stack.plain(), Tables.of(Lab.STACK));
        engines = new FleetEngines(fleet, Lab.STACK);
    }

    /**
     * Fleets of different sizes, and of different drift.
     *
     * @param most how many hosts the largest has
     */
    List<ObjectNode> upTo(int most) {
        List<HostId> all = Fleet.hosts(most);
        List<HostId> quarter = all.subList(0, Math.max(1, most / 4));
        List<HostId> tenth = all.subList(0, Math.max(1, most / 10));
        List<HostId> hundredth = all.subList(all.size() - Math.max(1, most / 100), all.size());
        fleet.register(all);
        look("warm up", quarter, Duration.ZERO);
        List<ObjectNode> rows = new ArrayList<>();
        rows.add(look("nothing is there", all, Duration.ZERO));
        fleet.fill(all, FEW);
        rows.add(look("in order", all, Duration.ZERO));
        fleet.fill(quarter, MANY);
        rows.add(look("in order", quarter, Duration.ZERO));
        fleet.fill(all, MANY);
        rows.add(look("in order", all, Duration.ZERO));
        rows.addAll(drift(all, hundredth));
        rows.addAll(drift(all, tenth));
        return rows;
    }

    /** The first game of each of some hosts has lost its container. */
    private List<ObjectNode> drift(List<HostId> all, List<HostId> some) {
        some.forEach(host -> engines.removeByHand(Fleet.game(host, 1)));
        String gone = "containers gone: " + some.size();
        List<ObjectNode> rows = List.of(
                look(gone + ", noted", all, Duration.ZERO),
                look(gone + ", recorded", all, Limits.SECOND_SIGHTING.plusSeconds(1)));
        // The next look takes back what was noted, which is not to stand in the next row.
        look("in order again", some, Duration.ZERO);
        return rows;
    }

    /** @param ahead how much later it is than now */
    private ObjectNode look(String how, List<HostId> hosts, Duration ahead) {
        World world = Here.world(stack.dynamo(), engines, this::told, new Ahead(ahead));
        ReconcileHost reconcile = new ReconcileHost(world, new Operations(world), SideBySide.threads());
        stack.counted().clear();
        settled.reset();
        long callsBefore = engines.calls();
        Stopwatch watch = new Stopwatch();
        Samples samples = new Samples(hosts.stream()
                .map(host ->
                        Stopwatch.of(() -> look(host, reconcile, world.clock().now())))
                .toList());
        Duration took = watch.elapsed();
        return Json.object()
                .put("the fleet", how)
                .put("hosts", hosts.size())
                .put(
                        "games",
                        hosts.stream()
                                .mapToInt(host -> fleet.games(host).size())
                                .sum())
                .put("settled", settled.sum())
                .put("requests to DynamoDB", stack.counted().sent().size())
                .put("read units", Math.round(stack.counted().readUnits()))
                .put("write units", Math.round(stack.counted().writeUnits()))
                .put("calls to engines", engines.calls() - callsBefore)
                .put("seconds", Report.rounded(took.toMillis() / 1e3, 10))
                .put("p50 ms a look", Report.rounded(samples.p50(), 10));
    }

    private void look(HostId host, ReconcileHost reconcile, Instant now) {
        looks++;
        reconcile
                .perform(Here.look(host, "look-" + looks, now), Delivery.until(now.plus(LIMIT)))
                .ifPresent(why -> {
                    throw new IllegalStateException("the look at " + host + " failed: " + why);
                });
    }

    private void told(Telemetry.Told told) {
        if (told instanceof Telemetry.Round round) {
            settled.add(round.settled());
        }
    }

    /** The machine's clock, put forward. */
    private record Ahead(Duration by) implements Clock {
        @Override
        public Instant now() {
            return Clock.system().now().plus(by);
        }

        @Override
        public void pause(Duration duration) {
            Clock.system().pause(duration);
        }
    }

    @Override
    public void close() {
        stack.close();
    }
}
