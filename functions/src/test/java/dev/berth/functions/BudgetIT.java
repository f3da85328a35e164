package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.DynamoBlobs;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.aws.EmfTelemetry;
import dev.berth.aws.SqsJobQueue;
import dev.berth.aws.Tables;
import dev.berth.docker.DockerHosts;
import dev.berth.local.aws.Provision;
import dev.berth.local.aws.Template;
import dev.berth.local.costs.CountedDynamo.Sent;
import dev.berth.local.costs.Prices;
import dev.berth.local.costs.Use;
import dev.berth.model.GameId;
import dev.berth.model.ImagePolicy;
import dev.berth.model.Job;
import dev.berth.model.OpKind;
import dev.berth.model.Outcome;
import dev.berth.model.ReconcileJob;
import dev.berth.model.TraceHeader;
import dev.berth.operation.Delivery;
import dev.berth.operation.Operations;
import dev.berth.operation.ReconcileHost;
import dev.berth.operation.SideBySide;
import dev.berth.operation.Sweep;
import dev.berth.operation.Verdict;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.port.Games;
import dev.berth.port.JobQueues;
import dev.berth.port.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Counts what each operation asks of DynamoDB and Docker while the function is warm; the README's table is printed here,
 * and the guide's tables of what that costs.
 */
@ExtendWith(LocalBerth.Provided.class)
class BudgetIT {
    private static final String LOOK = "GET /containers/json";
    private static final String IDLE = "idle";
    private static final Path TEMPLATE = LocalBerth.ROOT.resolve("template.yaml");

    /** Warm is what comes soon after: the hosts were read a moment ago, however slow this machine may be. */
    private static final Clock STOPPED = new Clock() {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public void pause(Duration duration) {
            throw new IllegalStateException("nobody waits here");
        }
    };

    private final LocalBerth berth;
    private final GameId game = LocalBerth.newGame();
    private final Counted counted = new Counted();
    private final AtomicInteger pauses = new AtomicInteger();
    private final Map<String, Cost> counts = new LinkedHashMap<>();
    private final Map<String, Use> uses = new LinkedHashMap<>();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Telemetry telemetry = new EmfTelemetry("berth", Clock.system(), lines::add);
    private final Clock counting = new Clock() {
        @Override
        public Instant now() {
            return Clock.system().now();
        }

        @Override
        public void pause(Duration duration) {
            pauses.incrementAndGet();
            Clock.system().pause(duration);
        }
    };

    private int jobs;

    BudgetIT(LocalBerth berth) {
        this.berth = berth;
    }

    /** @param behind how many requests stand one behind the other, where some are sent side by side */
    private record Cost(List<String> dynamo, long behind, List<String> docker) {
        String row(String what) {
            return "| %s | %d | %d | %d |\n".formatted(what, dynamo.size(), behind, docker.size());
        }
    }

    @Test
    void countsWhatTheReadmeAndTheGuideTell() throws IOException {
        Costs costs = new Costs(Prices.LISTED, Template.read(TEMPLATE, "berth"));
        String idle;
        try (DynamoDbClient dynamo = counted.dynamo.client(berth.aws.dynamoDb(), berth.dynamo);
                DockerHosts docker = counted.docker()) {
            World world = world("berth", dynamo, docker, STOPPED);
            Operations operations = new Operations(world);
            warmUp(operations);
            measure(operations, world.games());
            idle = idle(costs, dynamo, docker);
        }
        assertStartAndStopWithinTheirBudgets();
        assertThat(counts.get("touch").dynamo()).containsExactly("GetItem", "UpdateItem");
        String table = counts.entrySet().stream()
                .map(cost -> cost.getValue().row(cost.getKey()))
                .collect(Collectors.joining("", """
                        | warm | requests to DynamoDB | one behind the other | calls to Docker |
                        |---|---|---|---|
                        """, ""));
        assertThat(Files.readString(LocalBerth.ROOT.resolve("README.md")))
                .as("the README's table")
                .contains("<!-- budgets: printed by BudgetIT -->\n" + table + "<!-- /budgets -->");
        assertTold(costs.ofOperations(uses) + "\n" + idle);
    }

    /** What the guide tells of costs: about that, for how large an item and a line of the log are differs each time. */
    private static void assertTold(String costs) throws IOException {
        String guide = Files.readString(LocalBerth.ROOT.resolve("docs/deploying.md"));
        String begin = "<!-- costs: printed by BudgetIT -->\n";
        String told = guide.substring(guide.indexOf(begin) + begin.length(), guide.indexOf("<!-- /costs -->"));
        List<String> words = List.of(told.split("\\s+", -1));
        List<String> counted = List.of(costs.split("\\s+", -1));
        assertThat(words).as("the guide's tables, which should be\n%s", costs).hasSameSizeAs(counted);
        for (int i = 0; i < words.size(); i++) {
            if (counted.get(i).matches("[\\d.,]+")) {
                assertThat(number(words.get(i)))
                        .as("the guide's tables, which should be\n%s", costs)
                        .isCloseTo(number(counted.get(i)), withinPercentage(25));
            } else {
                assertThat(words.get(i)).isEqualTo(counted.get(i));
            }
        }
    }

    private static double number(String word) {
        return Double.parseDouble(word.replace(",", ""));
    }

    /** What is done each minute while nobody asks for anything: of a stack of its own, with one host that is in order. */
    private String idle(Costs costs, DynamoDbClient dynamo, DockerHosts docker) {
        Provision.tables(berth.dynamo, Template.read(TEMPLATE, IDLE).tables());
        new DynamoHosts(berth.dynamo, Tables.of(IDLE), Clock.system())
                .register(berth.hosts.read(LocalBerth.HOST).orElseThrow());
        minute(dynamo, docker);
        // The first look has written down which engine it is. What was read then is forgotten a minute later.
        return minute(dynamo, docker).told(costs);
    }

    /** What happens within a minute, and the lines that it prints. */
    private record Minute(Use due, Use hosts, Use look, List<String> lines) {
        String told(Costs costs) {
            return costs.ofIdleness(due, hosts, look, lines);
        }
    }

    private Minute minute(DynamoDbClient dynamo, DockerHosts docker) {
        World world = world(IDLE, dynamo, docker, Clock.system());
        Operations operations = new Operations(world);
        ScheduledSweep sweep = new ScheduledSweep(
                new Sweep(world, operations, new Unsent(), SideBySide.threads()),
                telemetry,
                Clock.system(),
                Optional::empty);
        JobBatch looks = new JobBatch(
                new HostJobs(new ReconcileHost(world, operations, SideBySide.threads())),
                new SqsJobQueue(new StandInQueue(), "reconcile-jobs", "reconcile-jobs-dead"),
                telemetry,
                Clock.system());
        TimeLeft lambda = new TimeLeft(Duration.ofMinutes(5));
        List<String> printed = new ArrayList<>();
        Use due = used("sweep", printed, () -> sweep.handle("{\"task\":\"due\"}", lambda));
        Use hosts = used("sweep", printed, () -> sweep.handle("{\"task\":\"reconcile\"}", lambda));
        Use look = used(
                "look",
                printed,
                () -> assertThat(looks.handle(look(), lambda).getBatchItemFailures())
                        .isEmpty());
        return new Minute(due, hosts, look, printed);
    }

    private static SQSEvent look() {
        SQSMessage message = new SQSMessage();
        message.setMessageId("look-" + System.nanoTime());
        message.setBody("{\"host_id\":\"" + LocalBerth.HOST + "\"}");
        message.setAttributes(
                Map.of("ApproximateReceiveCount", "1", "SentTimestamp", Long.toString(System.currentTimeMillis())));
        message.setMessageAttributes(Map.of());
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(message));
        return event;
    }

    /** Jobs that nobody gets: what they would do is counted by itself. */
    private static final class Unsent implements JobQueues {
        @Override
        public void send(List<Job> jobs, Optional<TraceHeader> trace) {
            assertThat(jobs).isEmpty();
        }

        @Override
        public void sendReconciles(List<ReconcileJob> jobs, Optional<TraceHeader> trace) {
            assertThat(jobs).hasSize(1);
        }
    }

    private World world(String stack, DynamoDbClient dynamo, DockerHosts docker, Clock ofHosts) {
        Tables tables = Tables.of(stack);
        return new World(
                stack,
                new DynamoGames(dynamo, tables, Clock.system()),
                new DynamoBlobs(dynamo, tables),
                new DynamoHosts(dynamo, tables, ofHosts),
                docker,
                _ -> Optional.empty(),
                ImagePolicy.OPEN,
                new Unheard(),
                telemetry,
                counting);
    }

    private Use used(String what, List<String> printed, Runnable work) {
        counted.clear();
        lines.clear();
        work.run();
        printed.addAll(lines);
        return use(what);
    }

    private Use use(String what) {
        long bytes = lines.stream()
                .mapToLong(line -> line.getBytes(UTF_8).length + 1)
                .sum();
        return Costs.of(what, counted.dynamo.readUnits(), counted.dynamo.writeUnits(), bytes);
    }

    /** What is read or decided once and then remembered for a while: hosts, connections, a round of collecting images. */
    private void warmUp(Operations operations) {
        perform(operations, start(LocalBerth.newGame()));
        GameId other = LocalBerth.newGame();
        perform(operations, start(other));
        perform(operations, job(OpKind.STOP, Arena.message(other, other + "-stop")));
        perform(operations, job(OpKind.CLEANUP_CONTAINER, Arena.message(other, other + "-cleanup")));
    }

    private void measure(Operations operations, Games games) {
        Job start = start(game);
        count("start", operations, start);
        count("the same job once more", operations, start);
        count("start of what runs already", operations, start(game));
        count("touch", () -> assertThat(games.touch(game, Instant.now())).isTrue());
        count("restart", operations, job(OpKind.RESTART, next()));
        count("patch", operations, job(OpKind.PATCH, next().put("image_ref", berth.images.get("1.0.1"))));
        Job broken = job(OpKind.PATCH, next().put("image_ref", berth.images.get("broken")));
        count(
                "patch that is rolled back",
                () -> assertThat(outcome(operations, broken)).isEqualTo(Outcome.FAILURE));
        count("stop", operations, job(OpKind.STOP, next()));
        count("cleanup", operations, job(OpKind.CLEANUP_CONTAINER, next()));
    }

    private void assertStartAndStopWithinTheirBudgets() {
        // The claim and the end of the log are looked up beside the acquire: four round trips stand one behind the
        // other.
        Cost start = counts.get("start");
        assertThat(start.dynamo())
                .containsExactlyInAnyOrder(
                        "GetItem", "Query", "UpdateItem", "TransactWriteItems", "UpdateItem", "ExecuteTransaction");
        assertThat(start.behind()).isEqualTo(4);
        assertThat(start.docker())
                .containsExactly(
                        "GET /images/json",
                        "POST /containers/create",
                        "POST /containers/start",
                        "GET /containers/json");
        Cost stop = counts.get("stop");
        assertThat(stop.dynamo())
                .containsExactlyInAnyOrder(
                        "GetItem", "Query", "UpdateItem", "TransactWriteItems", "ExecuteTransaction");
        assertThat(stop.docker()).containsExactly("POST /containers/stop", "GET /containers/json");
    }

    private void count(String what, Operations operations, Job job) {
        count(what, () -> perform(operations, job));
    }

    private void count(String what, Runnable work) {
        counted.clear();
        lines.clear();
        pauses.set(0);
        work.run();
        uses.put(what, use(what));
        List<String> docker = new ArrayList<>(counted.docker);
        // After each pause it looks once more; how often depends on the container, and on this machine.
        for (int i = 0; i < pauses.get(); i++) {
            assertThat(docker.remove(LOOK)).isTrue();
        }
        List<Sent> sent = counted.dynamo.sent();
        counts.put(
                what,
                new Cost(
                        sent.stream().map(Sent::request).toList(),
                        sent.stream()
                                .filter(one -> one.by().equals(Thread.currentThread()))
                                .count(),
                        docker));
    }

    private static void perform(Operations operations, Job job) {
        assertThat(outcome(operations, job)).isEqualTo(Outcome.SUCCESS);
    }

    private static Outcome outcome(Operations operations, Job job) {
        Verdict verdict = operations.perform(job, Delivery.until(Instant.now().plus(Duration.ofMinutes(1))));
        assertThat(verdict).isInstanceOf(Verdict.Done.class);
        return ((Verdict.Done) verdict).result().outcome();
    }

    /** Its container must stay up for a moment, so that one that ends at once is never taken for well. */
    private Job start(GameId started) {
        ObjectNode message = berth.startOf(started, started + "-" + ++jobs);
        ((ObjectNode) message.path("spec")).put("settle_seconds", 1);
        return job(OpKind.START, message);
    }

    private ObjectNode next() {
        return Arena.message(game, game + "-" + ++jobs);
    }

    private static Job job(OpKind kind, ObjectNode message) {
        return Arena.job(kind, message);
    }
}
