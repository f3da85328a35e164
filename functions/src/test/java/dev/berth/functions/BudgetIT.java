package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.DynamoBlobs;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.docker.DockerHosts;
import dev.berth.model.GameId;
import dev.berth.model.ImagePolicy;
import dev.berth.model.Job;
import dev.berth.model.OpKind;
import dev.berth.model.Outcome;
import dev.berth.operation.Delivery;
import dev.berth.operation.Operations;
import dev.berth.operation.Verdict;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.port.Games;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Counts what each operation asks of DynamoDB and Docker while the function is warm; the README's table is printed here. */
@ExtendWith(LocalBerth.Provided.class)
class BudgetIT {
    private static final String LOOK = "GET /containers/json";

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
    private final Map<String, Cost> costs = new LinkedHashMap<>();
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
    void countsWhatTheReadmeTells() throws IOException {
        try (DynamoDbClient dynamo = counted.dynamo(berth.aws);
                DockerHosts docker = counted.docker()) {
            Games games = new DynamoGames(dynamo, berth.tables, Clock.system());
            Operations operations = new Operations(new World(
                    "berth",
                    games,
                    new DynamoBlobs(dynamo, berth.tables),
                    new DynamoHosts(dynamo, berth.tables, STOPPED),
                    docker,
                    _ -> Optional.empty(),
                    ImagePolicy.OPEN,
                    new Unheard(),
                    _ -> {},
                    counting));
            warmUp(operations);
            measure(operations, games);
        }
        assertStartAndStopWithinTheirBudgets();
        assertThat(costs.get("touch").dynamo()).containsExactly("GetItem", "UpdateItem");
        String table = costs.entrySet().stream()
                .map(cost -> cost.getValue().row(cost.getKey()))
                .collect(Collectors.joining("", """
                        | warm | requests to DynamoDB | one behind the other | calls to Docker |
                        |---|---|---|---|
                        """, ""));
        assertThat(Files.readString(LocalBerth.ROOT.resolve("README.md")))
                .as("the README's table")
                .contains("<!-- budgets: printed by BudgetIT -->\n" + table + "<!-- /budgets -->");
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
        Cost start = costs.get("start");
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
        Cost stop = costs.get("stop");
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
        pauses.set(0);
        work.run();
        List<String> docker = new ArrayList<>(counted.docker);
        // After each pause it looks once more; how often depends on the container, and on this machine.
        for (int i = 0; i < pauses.get(); i++) {
            assertThat(docker.remove(LOOK)).isTrue();
        }
        List<Counted.Sent> sent = List.copyOf(counted.dynamo);
        costs.put(
                what,
                new Cost(
                        sent.stream().map(Counted.Sent::request).toList(),
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
