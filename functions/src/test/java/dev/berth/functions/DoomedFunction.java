package dev.berth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.MessageAttribute;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.berth.aws.DynamoBlobs;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.aws.EmfTelemetry;
import dev.berth.aws.SqsJobQueue;
import dev.berth.aws.SqsResults;
import dev.berth.aws.Tables;
import dev.berth.docker.DockerHosts;
import dev.berth.model.ImagePolicy;
import dev.berth.model.OpKind;
import dev.berth.model.WireName;
import dev.berth.operation.Operations;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.port.Telemetry;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context.BeforeTransmission;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The real function but for its death: it ends its own JVM before the call to DynamoDB, Docker or SQS whose number
 * stands in the message, the answer to Lambda being the last of them. Wired as {@code Wiring} does it.
 */
public final class DoomedFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private static final int KILLED = 137;

    private final AtomicInteger callsLeft = new AtomicInteger();
    private final DockerHosts docker = new DockerHosts(MortalTransport::new);
    private final Telemetry telemetry = new EmfTelemetry("berth", Clock.system(), System.out::println);
    private final SqsJobQueue queue;
    private final World world;
    private final Operations operations;

    public DoomedFunction() {
        ClientOverrideConfiguration mortal = ClientOverrideConfiguration.builder()
                .addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void beforeTransmission(BeforeTransmission sent, ExecutionAttributes attributes) {
                        dieIfDue();
                    }
                })
                .build();
        DynamoDbClient dynamo = DynamoDbClient.builder()
                .httpClient(Apache5HttpClient.create())
                .overrideConfiguration(mortal)
                .build();
        SqsClient sqs = SqsClient.builder()
                .httpClient(Apache5HttpClient.create())
                .overrideConfiguration(mortal)
                .build();
        Clock clock = Clock.system();
        Tables tables = Tables.of("berth");
        queue = new SqsJobQueue(sqs, System.getenv("BERTH_JOBS_QUEUE"), System.getenv("BERTH_DEAD_QUEUE"));
        world = new World(
                "berth",
                new DynamoGames(dynamo, tables, clock),
                new DynamoBlobs(dynamo, tables),
                new DynamoHosts(dynamo, tables, clock),
                docker,
                _ -> Optional.empty(),
                ImagePolicy.OPEN,
                new SqsResults(sqs, System.getenv("BERTH_RESULTS_QUEUE")),
                telemetry,
                clock);
        operations = new Operations(world);
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context lambda) {
        SQSMessage message = event.getRecords().getFirst();
        callsLeft.set(Integer.parseInt(attribute(message, "dies_before")));
        OpKind kind = WireName.parse(OpKind.class, attribute(message, "kind"));
        GameJobs jobs = new GameJobs(kind, operations, world.hosts());
        SQSBatchResponse response = new JobBatch(jobs, queue, telemetry, Clock.system()).handle(event, lambda);
        dieIfDue();
        return response;
    }

    private static String attribute(SQSMessage message, String name) {
        MessageAttribute attribute = message.getMessageAttributes().get(name);
        return attribute.getStringValue();
    }

    /** No hook and no finally runs after a halt, and nothing is flushed: to the world it is a SIGKILL. */
    private void dieIfDue() {
        if (callsLeft.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    private final class MortalTransport implements DockerHttpClient {
        private final DockerHttpClient transport;

        MortalTransport(DockerHttpClient transport) {
            this.transport = transport;
        }

        @Override
        public Response execute(Request request) {
            dieIfDue();
            return transport.execute(request);
        }

        @Override
        public void close() throws IOException {
            transport.close();
        }
    }
}
