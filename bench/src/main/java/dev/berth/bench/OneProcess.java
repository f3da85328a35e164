package dev.berth.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.EmfTelemetry;
import dev.berth.docker.DockerHosts;
import dev.berth.model.OpKind;
import dev.berth.operation.Operations;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.port.EngineCall;
import dev.berth.port.Games;
import dev.berth.port.Hosts;
import dev.berth.port.Telemetry;
import dev.berth.wire.Json;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Berth's operations by themselves, in this process: no queue, no Lambda, no result. What they take is told apart: what
 * the engine takes, what DynamoDB takes, and what is left is our own.
 */
final class OneProcess implements Entrant {
    private final Lab lab;
    private final DynamoDbClient dynamo;
    private final DockerHosts docker = new DockerHosts();
    private final Telemetry lines = new EmfTelemetry(Lab.STACK, Clock.system(), _ -> {});
    private final Operations operations;
    private final LongAdder inStore = new LongAdder();
    private final LongAdder inEngine = new LongAdder();
    private final Map<String, List<Spent>> spent = new LinkedHashMap<>();

    private record Spent(Duration whole, Duration engine, Duration store) {
        Duration own() {
            return whole.minus(engine).minus(store);
        }
    }

    OneProcess(Lab lab) {
        this.lab = lab;
        this.dynamo = lab.aws().dynamoDbClient();
        World here = Here.world(dynamo, docker, this::heard, Clock.system());
        this.operations = new Operations(new World(
                here.stack(),
                timed(Games.class, here.games()),
                here.blobs(),
                timed(Hosts.class, here.hosts()),
                here.containerHosts(),
                here.secrets(),
                here.images(),
                here.results(),
                here.telemetry(),
                here.clock()));
    }

    @Override
    public String name() {
        return "Berth's operations, without queue and Lambda";
    }

    @Override
    public Map<String, Duration> life(String game) {
        Map<String, Duration> life = new LinkedHashMap<>();
        Jobs.life("own-" + game, lab).forEach((kind, message) -> life.put(part(kind), perform(kind, message)));
        return life;
    }

    private static String part(OpKind kind) {
        return kind == OpKind.CLEANUP_CONTAINER ? "cleanup" : kind.wire();
    }

    private Duration perform(OpKind kind, ObjectNode message) {
        inStore.reset();
        inEngine.reset();
        Duration took = Stopwatch.of(() -> Here.perform(operations, kind, message));
        note(kind, new Spent(took, Duration.ofNanos(inEngine.sum()), Duration.ofNanos(inStore.sum())));
        return took;
    }

    private synchronized void note(OpKind kind, Spent one) {
        spent.computeIfAbsent(kind.wire(), _ -> new ArrayList<>()).add(one);
    }

    private void heard(Telemetry.Told told) {
        lines.tell(told);
        if (told instanceof Telemetry.Operation operation) {
            operation.calls().first().stream()
                    .map(EngineCall::took)
                    .mapToLong(Duration::toNanos)
                    .forEach(inEngine::add);
        }
    }

    private <T> T timed(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    Stopwatch watch = new Stopwatch();
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        inStore.add(watch.elapsed().toNanos());
                    }
                }));
    }

    /** What is behind is forgotten: from here on it counts. */
    void clear() {
        spent.clear();
    }

    /** For each kind of operation the middle of each of its parts. */
    List<ObjectNode> parts() {
        List<ObjectNode> rows = new ArrayList<>();
        spent.forEach((kind, all) -> rows.add(Json.object()
                .put("of", kind)
                .put("p50 ms", middle(all.stream().map(Spent::whole).toList()))
                .put(
                        "of it the engine's",
                        middle(all.stream().map(Spent::engine).toList()))
                .put("DynamoDB's", middle(all.stream().map(Spent::store).toList()))
                .put("our own", middle(all.stream().map(Spent::own).toList()))));
        return rows;
    }

    private static double middle(List<Duration> all) {
        return Report.rounded(new Samples(all).p50(), 10);
    }

    @Override
    public void close() {
        docker.close();
        dynamo.close();
    }
}
