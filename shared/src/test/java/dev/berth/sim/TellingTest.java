package dev.berth.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.model.OpKind;
import dev.berth.operation.World;
import dev.berth.port.EngineCall;
import dev.berth.port.Metric;
import dev.berth.port.Telemetry.Operation;
import dev.berth.port.Telemetry.Step;
import dev.berth.port.Telemetry.Told;
import dev.berth.sim.Scenario.Sent;
import dev.berth.wire.EntryJson;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of each operation is what it did. */
class TellingTest {
    private static final GameId GAME = new GameId("chess");

    private final List<Told> told = new ArrayList<>();

    static List<Story> stories() {
        return Story.all();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void countsEveryEntryThatTheLogHasGrownByAndItsSize(Story story) {
        Sim sim = run(story.scenario());

        List<String> lines = sim.store().games().values().stream()
                .flatMap(row -> row.log.stream())
                .map(entry -> EntryJson.logged(entry).line())
                .toList();
        assertThat(sum(Metric.ENTRIES_APPENDED)).isEqualTo(lines.size());
        assertThat(sum(Metric.BYTES_APPENDED))
                .isEqualTo(lines.stream()
                        .mapToLong(line -> line.getBytes(UTF_8).length)
                        .sum());
    }

    @ParameterizedTest
    @MethodSource("stories")
    void tellsOfEachCallOfAStepAlsoWithItsOperation(Story story) {
        run(story.scenario());

        List<String> ofSteps = calls(told(Step.class).flatMap(step -> step.calls().first().stream()));
        List<String> ofAll = calls(told(Operation.class).flatMap(whole -> whole.calls().first().stream()));
        for (String call : ofSteps) {
            assertThat(ofAll.remove(call)).as(call).isTrue();
        }
        assertThat(told(Operation.class))
                .allSatisfy(whole -> assertThat(whole.metrics())
                        .containsKeys(Metric.OPERATIONS, Metric.OPERATION_DURATION, Metric.ACQUIRE_LATENCY));
    }

    @Test
    void tellsOfTheCallsOfAStart() {
        run(Scenario.of(List.of(new Sent(0, Jobs.start(GAME, "j0", SimClock.BEGIN)))));

        assertThat(told(Step.class).filter(step -> step.step().equals("create the container")))
                .singleElement()
                .satisfies(step -> assertThat(step.calls().first()).isNotEmpty().allSatisfy(call -> {
                    assertThat(call.failure()).isEmpty();
                    assertThat(call.took()).isPositive().isLessThanOrEqualTo(step.took());
                }));
    }

    @Test
    void tellsForHowLongAJobThatMetAHeldLeaseWasGivenBack() {
        run(Scenario.of(List.of(
                new Sent(0, Jobs.start(GAME, "j0", SimClock.BEGIN)),
                new Sent(2, Jobs.stop(GAME, "j1", SimClock.BEGIN.plusMillis(2))))));

        List<Operation> busy = told(Operation.class)
                .filter(whole -> whole.failure()
                        .map(Failure::code)
                        .filter(code -> code == ErrorCode.LEASE_HELD)
                        .isPresent())
                .toList();
        assertThat(busy).isNotEmpty().allSatisfy(whole -> {
            assertThat(whole.kind()).isEqualTo(OpKind.STOP);
            assertThat(whole.outcome()).isEqualTo("given back");
            assertThat(whole.metrics().get(Metric.LEASE_WAIT))
                    .isBetween(1L, Limits.LEASE.plus(Limits.LEASE_EXTRA).toMillis());
        });
        assertThat(told(Operation.class).filter(whole -> whole.metrics().containsKey(Metric.LEASE_WAIT)))
                .hasSameSizeAs(busy);
    }

    private static List<String> calls(Stream<EngineCall> calls) {
        return new ArrayList<>(calls.map(EngineCall::what).toList());
    }

    private long sum(Metric metric) {
        return told.stream()
                .mapToLong(something -> something.metrics().getOrDefault(metric, 0L))
                .sum();
    }

    private <T extends Told> Stream<T> told(Class<T> kind) {
        return told.stream().filter(kind::isInstance).map(kind::cast);
    }

    private Sim run(Scenario scenario) {
        Sim sim = new Sim(scenario, Faults.NONE, new Trace(false), new Setup() {
            @Override
            public World world(World world) {
                return new World(
                        world.stack(),
                        world.games(),
                        world.blobs(),
                        world.hosts(),
                        world.containerHosts(),
                        world.secrets(),
                        world.images(),
                        world.results(),
                        told::add,
                        world.clock());
            }
        });
        sim.run();
        return sim;
    }
}
