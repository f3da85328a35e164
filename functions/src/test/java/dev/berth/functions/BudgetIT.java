package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.transport.DockerHttpClient;
import dev.berth.aws.DynamoBlobs;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.aws.JsonTelemetry;
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
import dev.berth.wire.JobJson;
import dev.berth.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Counts what a warm start and stop ask of DynamoDB and Docker; the README tells these numbers. */
@ExtendWith(LocalBerth.Provided.class)
class BudgetIT {
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
    private final ConcurrentLinkedQueue<String> dynamoRequests = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> dockerCalls = new ConcurrentLinkedQueue<>();

    BudgetIT(LocalBerth berth) {
        this.berth = berth;
    }

    @Test
    void keepsAWarmStartAndStopWithinTheirBudgets() {
        try (DynamoDbClient dynamo = countingDynamo();
                DockerHosts docker = new DockerHosts(CountingTransport::new)) {
            Operations operations = new Operations(new World(
                    "berth",
                    new DynamoGames(dynamo, berth.tables, Clock.system()),
                    new DynamoBlobs(dynamo, berth.tables),
                    new DynamoHosts(dynamo, berth.tables, STOPPED),
                    docker,
                    _ -> Optional.empty(),
                    ImagePolicy.OPEN,
                    result -> {},
                    new JsonTelemetry(line -> {}),
                    Clock.system()));
            GameId warm = LocalBerth.newGame();
            perform(operations, start(warm));
            perform(operations, stop(warm));

            GameId game = LocalBerth.newGame();
            forget();
            perform(operations, start(game));
            // The claim is looked up beside the acquire, so four round trips stand one behind the other.
            assertThat(dynamoRequests)
                    .containsExactlyInAnyOrder(
                            "GetItem", "UpdateItem", "TransactWriteItems", "UpdateItem", "ExecuteTransaction");
            assertThat(dockerCalls)
                    .containsExactly(
                            "GET /images/json",
                            "POST /containers/create",
                            "POST /containers/start",
                            "GET /containers/json");

            forget();
            perform(operations, stop(game));
            assertThat(dynamoRequests)
                    .containsExactlyInAnyOrder("GetItem", "UpdateItem", "TransactWriteItems", "ExecuteTransaction");
            assertThat(dockerCalls).containsExactly("POST /containers/stop", "GET /containers/json");
        }
    }

    private void forget() {
        dynamoRequests.clear();
        dockerCalls.clear();
    }

    private static void perform(Operations operations, Job job) {
        Verdict verdict =
                operations.perform(job, new Delivery(false, Instant.now().plus(Duration.ofMinutes(1))));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Done.class,
                        done -> assertThat(done.result().outcome()).isEqualTo(Outcome.SUCCESS));
    }

    private Job start(GameId game) {
        return JobJson.read(OpKind.START, berth.startOf(game, game + "-start").toString(), "message", Instant.now());
    }

    private static Job stop(GameId game) {
        String body = Json.object().put("game_id", game.value()).toString();
        return JobJson.read(OpKind.STOP, body, game + "-stop", Instant.now());
    }

    private DynamoDbClient countingDynamo() {
        return DynamoDbClient.builder()
                .httpClient(Apache5HttpClient.create())
                .endpointOverride(berth.aws.dynamoDb())
                .region(Region.of(berth.aws.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .overrideConfiguration(config -> config.addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void beforeTransmission(Context.BeforeTransmission sent, ExecutionAttributes attributes) {
                        dynamoRequests.add(
                                sent.request().getClass().getSimpleName().replaceFirst("Request$", ""));
                    }
                }))
                .build();
    }

    /** Notes each request by method and path, without ids and names. */
    private final class CountingTransport implements DockerHttpClient {
        private final DockerHttpClient transport;

        CountingTransport(DockerHttpClient transport) {
            this.transport = transport;
        }

        @Override
        public Response execute(Request request) {
            List<String> path = List.of(request.path().replaceFirst("\\?.*", "").split("/"));
            dockerCalls.add(request.method() + " /" + path.get(1) + "/" + path.getLast());
            return transport.execute(request);
        }

        @Override
        public void close() throws IOException {
            transport.close();
        }
    }
}
