package dev.berth.functions;

import com.github.dockerjava.transport.DockerHttpClient;
import dev.berth.docker.DockerHosts;
import dev.berth.local.LocalAws;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.DoubleAdder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;

/** What goes out to DynamoDB and to Docker engines, as it is on the wire. */
final class Counted {
    private static final ExecutionAttribute<TransactionUnits> TRANSACTION = new ExecutionAttribute<>("transaction");

    final Queue<Sent> dynamo = new ConcurrentLinkedQueue<>();

    /** Each call by method and path, without ids and names. */
    final Queue<String> docker = new ConcurrentLinkedQueue<>();

    /** As DynamoDB itself counts them, but for PartiQL's transactions. */
    final DoubleAdder readUnits = new DoubleAdder();

    final DoubleAdder writeUnits = new DoubleAdder();

    /** A request to DynamoDB, and the thread that waited for its answer. */
    record Sent(String request, Thread by) {
        private static final Set<String> READS = Set.of("GetItem", "Query", "Scan", "BatchGetItem");

        static String name(SdkRequest request) {
            return request.getClass().getSimpleName().replaceFirst("Request$", "");
        }
    }

    void clear() {
        dynamo.clear();
        docker.clear();
        readUnits.reset();
        writeUnits.reset();
    }

    /**
     * A client that notes its requests, to be closed by the caller.
     *
     * @param plain another one, for what is only looked up
     */
    DynamoDbClient dynamo(LocalAws aws, DynamoDbClient plain) {
        return DynamoDbClient.builder()
                .httpClient(Apache5HttpClient.create())
                .endpointOverride(aws.dynamoDb())
                .region(Region.of(aws.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .overrideConfiguration(config -> config.addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public SdkRequest modifyRequest(Context.ModifyRequest asked, ExecutionAttributes attributes) {
                        return askingForUnits(asked.request());
                    }

                    @Override
                    public void beforeExecution(Context.BeforeExecution asked, ExecutionAttributes attributes) {
                        if (asked.request() instanceof ExecuteTransactionRequest transaction) {
                            attributes.putAttribute(TRANSACTION, TransactionUnits.before(transaction, plain));
                        }
                    }

                    @Override
                    public void beforeTransmission(Context.BeforeTransmission sent, ExecutionAttributes attributes) {
                        dynamo.add(new Sent(Sent.name(sent.request()), Thread.currentThread()));
                    }

                    @Override
                    public void afterExecution(Context.AfterExecution answered, ExecutionAttributes attributes) {
                        if (answered.request() instanceof ExecuteTransactionRequest) {
                            writeUnits.add(attributes.getAttribute(TRANSACTION).units(plain));
                        } else if (Sent.READS.contains(Sent.name(answered.request()))) {
                            // Nothing found is read too.
                            readUnits.add(Math.max(0.5, units(answered.response())));
                        } else {
                            writeUnits.add(units(answered.response()));
                        }
                    }
                }))
                .build();
    }

    private static SdkRequest askingForUnits(SdkRequest request) {
        SdkRequest.Builder builder = request.toBuilder();
        ((SdkPojo) builder)
                .sdkFields().stream()
                        .filter(field -> field.memberName().equals("ReturnConsumedCapacity"))
                        .forEach(field -> field.set(builder, "TOTAL"));
        return builder.build();
    }

    /** A transaction has them for each of its tables, any other answer once. */
    private static double units(SdkResponse response) {
        Object consumed = response.getValueForField("ConsumedCapacity", Object.class)
                .orElseThrow(() -> new IllegalStateException("no units in " + response));
        List<?> all = consumed instanceof List<?> list ? list : List.of(consumed);
        return all.stream()
                .mapToDouble(each -> ((ConsumedCapacity) each).capacityUnits())
                .sum();
    }

    /** Hosts whose calls are noted, to be closed by the caller. */
    DockerHosts docker() {
        return new DockerHosts(Transport::new);
    }

    private final class Transport implements DockerHttpClient {
        private final DockerHttpClient transport;

        Transport(DockerHttpClient transport) {
            this.transport = transport;
        }

        @Override
        public Response execute(Request request) {
            List<String> path = List.of(request.path().replaceFirst("\\?.*", "").split("/"));
            docker.add(request.method() + " /" + path.get(1) + "/" + path.getLast());
            return transport.execute(request);
        }

        @Override
        public void close() throws IOException {
            transport.close();
        }
    }
}
