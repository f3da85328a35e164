package dev.berth.aws;

import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.port.Clock;
import dev.berth.port.Hosts;
import dev.berth.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The registry of hosts in DynamoDB. What is read is remembered for a few seconds, and whoever wants to know it while it
 * is being read waits for that: a reservation is a conditional write all the same.
 */
public final class DynamoHosts implements Hosts {
    private static final List<String> MAY_BE_ABSENT =
            List.of(HostItem.GIVEN_UP, HostItem.SILENT_SINCE, HostItem.MISSING, HostItem.DRAIN);

    private final DynamoDbClient dynamo;
    private final Tables tables;
    private final Clock clock;
    private final AtomicReference<@Nullable CompletableFuture<List<Host>>> underWay = new AtomicReference<>();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile Remembered remembered = Remembered.NOTHING;

    private record Remembered(List<Host> hosts, Instant at) {
        static final Remembered NOTHING = new Remembered(List.of(), Instant.MIN);
    }

    public DynamoHosts(DynamoDbClient dynamo, Tables tables, Clock clock) {
        this.dynamo = dynamo;
        this.tables = tables;
        this.clock = clock;
    }

    @Override
    public Optional<Host> find(HostId host) {
        return all().stream().filter(known -> known.id().equals(host)).findFirst();
    }

    @Override
    public List<Host> all() {
        return fresh().orElseGet(this::readOnce);
    }

    private Optional<List<Host>> fresh() {
        Remembered last = remembered;
        boolean old = last.at().plus(Limits.HOSTS_REMEMBERED).isBefore(clock.now());
        return last.hosts().isEmpty() || old ? Optional.empty() : Optional.of(last.hosts());
    }

    private List<Host> readOnce() {
        CompletableFuture<List<Host>> mine = new CompletableFuture<>();
        CompletableFuture<List<Host>> before = underWay.compareAndExchange(null, mine);
        if (before == null) {
            // Another read may have ended since this one was found to be needed.
            mine.completeAsync(() -> fresh().orElseGet(this::readAll), Runnable::run);
            underWay.compareAndSet(mine, null);
        }
        return Beside.joined(before == null ? mine : before);
    }

    /** After a change: whatever was read before it, or is being read, is old. */
    private void forget() {
        changes.incrementAndGet();
        underWay.set(null);
        remembered = Remembered.NOTHING;
    }

    @Override
    public Optional<Host> read(HostId host) {
        var answer = AwsErrors.translated(() -> dynamo.getItem(
                get -> get.tableName(tables.hosts()).key(HostItem.key(host)).consistentRead(true)));
        return answer.hasItem() ? Optional.of(HostItem.read(answer.item())) : Optional.empty();
    }

    @Override
    public List<Host> readAll() {
        Instant now = clock.now();
        int seen = changes.get();
        List<Host> hosts = AwsErrors.translated(() ->
                dynamo.scanPaginator(scan -> scan.tableName(tables.hosts()).consistentRead(true)).items().stream()
                        .map(HostItem::read)
                        .toList());
        if (changes.get() == seen) {
            remembered = new Remembered(hosts, now);
        }
        return hosts;
    }

    @Override
    public void register(Host host) {
        ObjectNode labels = Json.object();
        host.labels().forEach(labels::put);
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":endpoint", text(host.endpoint().toString()),
                ":tls", text(host.tls()),
                ":vcpu", number(host.capacity().milliVcpu()),
                ":memory", number(host.capacity().memoryBytes()),
                ":state", text(host.state().wire()),
                ":labels", AttributeValue.fromM(Items.of(labels)),
                ":none", number(0)));
        host.engine().ifPresent(engine -> values.put(":engine", text(engine)));
        AwsErrors.translated(() -> dynamo.updateItem(update -> update.tableName(tables.hosts())
                .key(HostItem.key(host.id()))
                .updateExpression("SET endpoint = :endpoint, tls = :tls, milli_vcpu = :vcpu, memory = :memory,"
                        + " #state = if_not_exists(#state, :state), labels = :labels,"
                        + " reserved_milli_vcpu = if_not_exists(reserved_milli_vcpu, :none),"
                        + " reserved_memory = if_not_exists(reserved_memory, :none)"
                        + (host.engine().isPresent() ? ", #engine = :engine" : " REMOVE #engine"))
                .expressionAttributeNames(Map.of("#state", "state", "#engine", HostItem.ENGINE))
                .expressionAttributeValues(values)));
        forget();
    }

    @Override
    public boolean change(Host seen, HostState state, HostNotes notes) {
        HostNotes next = new HostNotes(
                seen.notes().version() + 1, notes.givenUp(), notes.silentSince(), notes.missing(), notes.drain());
        try {
            AwsErrors.translated(() -> dynamo.updateItem(changing(seen, state, next)));
            return true;
        } catch (OperationFailed e) {
            // The SDK repeats a request whose answer was lost, and meets what it wrote itself.
            return refused(e)
                    .filter(there -> there.state() == state && there.notes().equals(next))
                    .isPresent();
        } finally {
            forget();
        }
    }

    private UpdateItemRequest changing(Host seen, HostState state, HostNotes next) {
        Map<String, AttributeValue> set = new HashMap<>(HostItem.attributes(next));
        set.put("state", text(state.wire()));
        List<String> gone = new ArrayList<>(MAY_BE_ABSENT);
        gone.removeAll(set.keySet());
        List<String> assignments = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = seenVersion(seen);
        set.forEach((name, value) -> {
            assignments.add("#" + name + " = :" + name);
            names.put("#" + name, name);
            values.put(":" + name, value);
        });
        gone.forEach(name -> names.put("#" + name, name));
        return UpdateItemRequest.builder()
                .tableName(tables.hosts())
                .key(HostItem.key(seen.id()))
                .conditionExpression(unchanged(seen))
                .updateExpression("SET " + String.join(", ", assignments)
                        + (gone.isEmpty() ? "" : " REMOVE #" + String.join(", #", gone)))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    @Override
    public boolean remove(Host seen) {
        Map<String, AttributeValue> values = seenVersion(seen);
        values.put(":none", number(0));
        DeleteItemRequest request = DeleteItemRequest.builder()
                .tableName(tables.hosts())
                .key(HostItem.key(seen.id()))
                .conditionExpression(unchanged(seen) + " AND reserved_milli_vcpu = :none AND reserved_memory = :none")
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        try {
            AwsErrors.translated(() -> dynamo.deleteItem(request));
            return true;
        } catch (OperationFailed e) {
            return refused(e).isEmpty();
        } finally {
            forget();
        }
    }

    /** A host has no version until something is noted of it. */
    private static String unchanged(Host seen) {
        return isNoted(seen) ? "version = :seen" : "attribute_exists(endpoint) AND attribute_not_exists(version)";
    }

    private static Map<String, AttributeValue> seenVersion(Host seen) {
        Map<String, AttributeValue> values = new HashMap<>();
        if (isNoted(seen)) {
            values.put(":seen", number(seen.notes().version()));
        }
        return values;
    }

    private static boolean isNoted(Host seen) {
        return seen.notes().version() != HostNotes.NONE.version();
    }

    /** The host as it is instead of as it was seen; empty if it is gone. */
    private static Optional<Host> refused(OperationFailed failure) {
        if (failure.getCause() instanceof ConditionalCheckFailedException refused) {
            return refused.item().isEmpty() ? Optional.empty() : Optional.of(HostItem.read(refused.item()));
        }
        throw failure;
    }
}
