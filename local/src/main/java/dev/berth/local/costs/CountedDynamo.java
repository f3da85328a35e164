package dev.berth.local.costs;

import dev.berth.local.aws.LocalClients;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.DoubleAdder;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;

/** What is asked of DynamoDB through a client, as it is on the wire, and the units that it takes for that. */
public final class CountedDynamo {
    private static final ExecutionAttribute<TransactionUnits> TRANSACTION = new ExecutionAttribute<>("transaction");
    private static final Set<String> READS = Set.of("GetItem", "Query", "Scan", "BatchGetItem");
    private static final double LEAST_READ = 0.5;

    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final DoubleAdder readUnits = new DoubleAdder();
    private final DoubleAdder writeUnits = new DoubleAdder();

    /**
     * A request, and the thread that waited for its answer.
     *
     * @param request its name, as in {@code GetItem}
     */
    public record Sent(String request, Thread by) {}

    /**
     * A client whose requests are counted, to be closed by the caller.
     *
     * @param plain another one, for what is only looked up
     */
    public DynamoDbClient client(URI endpoint, DynamoDbClient plain) {
        return LocalClients.dynamoDb(endpoint, new Counting(plain));
    }

    /** In their order. */
    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** As DynamoDB itself counts them. */
    public double readUnits() {
        return readUnits.sum();
    }

    /** As DynamoDB itself counts them, but for PartiQL's transactions, of which DynamoDB Local does not tell. */
    public double writeUnits() {
        return writeUnits.sum();
    }

    /** From here on it counts. */
    public void clear() {
        sent.clear();
        readUnits.reset();
        writeUnits.reset();
    }

    private final class Counting implements ExecutionInterceptor {
        private final Map<String, TableShape> shapes = new ConcurrentHashMap<>();
        private final DynamoDbClient plain;

        Counting(DynamoDbClient plain) {
            this.plain = plain;
        }

        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest asked, ExecutionAttributes attributes) {
            SdkRequest.Builder builder = asked.request().toBuilder();
            capacity(asked.request()).ifPresent(field -> field.set(builder, "TOTAL"));
            return builder.build();
        }

        @Override
        public void beforeExecution(Context.BeforeExecution asked, ExecutionAttributes attributes) {
            if (asked.request() instanceof ExecuteTransactionRequest transaction) {
                attributes.putAttribute(TRANSACTION, TransactionUnits.before(transaction, this::shape, plain));
            }
        }

        @Override
        public void beforeTransmission(Context.BeforeTransmission asked, ExecutionAttributes attributes) {
            sent.add(new Sent(name(asked.request()), Thread.currentThread()));
        }

        @Override
        public void afterExecution(Context.AfterExecution answered, ExecutionAttributes attributes) {
            if (answered.request() instanceof ExecuteTransactionRequest) {
                writeUnits.add(attributes.getAttribute(TRANSACTION).units(plain));
            } else if (READS.contains(name(answered.request()))) {
                // Nothing found is read too.
                readUnits.add(Math.max(LEAST_READ, units(answered.response())));
            } else if (capacity(answered.request()).isPresent()) {
                writeUnits.add(units(answered.response()));
            }
        }

        private TableShape shape(String table) {
            return shapes.computeIfAbsent(table, name -> TableShape.of(name, plain));
        }
    }

    private static String name(SdkRequest request) {
        return request.getClass().getSimpleName().replaceFirst("Request$", "");
    }

    /** Where a request asks for units; absent where there is nothing to be told. */
    private static Optional<SdkField<?>> capacity(SdkRequest request) {
        return request.sdkFields().stream()
                .filter(field -> field.memberName().equals("ReturnConsumedCapacity"))
                .findFirst();
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
}
