package dev.berth.aws;

import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.Limits;
import dev.berth.model.Placement;
import dev.berth.port.Clock;
import dev.berth.port.Hosts;
import dev.berth.port.Reservation;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The registry of hosts in DynamoDB. What is read is remembered for a few seconds: a reservation is a conditional write
 * all the same.
 */
public final class DynamoHosts implements Hosts {
    private static final int MAX_LABELS = 128;

    private final DynamoDbClient dynamo;
    private final Tables tables;
    private final Clock clock;
    private volatile Remembered remembered = new Remembered(List.of(), Instant.MIN);

    private record Remembered(List<Host> hosts, Instant at) {}

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
        Remembered last = remembered;
        Instant now = clock.now();
        if (last.hosts().isEmpty() || last.at().plus(Limits.HOSTS_REMEMBERED).isBefore(now)) {
            last = new Remembered(scan(), now);
            remembered = last;
        }
        return last.hosts();
    }

    private List<Host> scan() {
        return AwsErrors.translated(() ->
                dynamo.scanPaginator(scan -> scan.tableName(tables.hosts()).consistentRead(true)).items().stream()
                        .map(item -> AwsErrors.stored("host", () -> read(Fields.of(Items.json(item)))))
                        .toList());
    }

    @Override
    public void register(Host host) {
        ObjectNode labels = Json.object();
        host.labels().forEach(labels::put);
        AwsErrors.translated(() -> dynamo.updateItem(update -> update.tableName(tables.hosts())
                .key(key(host.id()))
                .updateExpression("SET endpoint = :endpoint, tls = :tls, milli_vcpu = :vcpu, memory = :memory,"
                        + " #state = if_not_exists(#state, :state), labels = :labels,"
                        + " reserved_milli_vcpu = if_not_exists(reserved_milli_vcpu, :none),"
                        + " reserved_memory = if_not_exists(reserved_memory, :none)")
                .expressionAttributeNames(Map.of("#state", "state"))
                .expressionAttributeValues(Map.of(
                        ":endpoint", text(host.endpoint().toString()),
                        ":tls", text(host.tls()),
                        ":vcpu", number(host.capacity().milliVcpu()),
                        ":memory", number(host.capacity().memoryBytes()),
                        ":state", text(host.state().wire()),
                        ":labels", AttributeValue.fromM(Items.of(labels)),
                        ":none", number(0)))));
        remembered = new Remembered(List.of(), Instant.MIN);
    }

    private static Host read(Fields fields) {
        return new Host(
                fields.text("host_id", HostId::new),
                fields.text("endpoint", URI::create),
                fields.text("tls", tls -> tls),
                new Capacity(fields.whole("milli_vcpu", 0, Long.MAX_VALUE), fields.whole("memory", 0, Long.MAX_VALUE)),
                new Capacity(
                        fields.whole("reserved_milli_vcpu", 0, Long.MAX_VALUE),
                        fields.whole("reserved_memory", 0, Long.MAX_VALUE)),
                fields.word("state", HostState.class),
                fields.textMap("labels", MAX_LABELS, key -> key));
    }

    // --- parts of the games' transactions ---

    /**
     * Takes a place; the condition fails if the host has no room or takes no games.
     *
     * <p>A condition cannot add, so what may be taken at most is computed from the capacity as it was read, and the
     * capacity must still be that.
     */
    static TransactWriteItem reserve(String table, Reservation reservation) {
        Capacity capacity = reservation.host().capacity();
        long milliVcpu = reservation.amount().milliVcpu();
        long memory = reservation.amount().memory().bytes();
        return TransactWriteItem.builder()
                .update(host -> host.tableName(table)
                        .key(key(reservation.host().id()))
                        .conditionExpression("#state = :active AND milli_vcpu = :all_vcpu AND memory = :all_memory"
                                + " AND reserved_milli_vcpu <= :most_vcpu AND reserved_memory <= :most_memory")
                        .updateExpression("ADD reserved_milli_vcpu :vcpu, reserved_memory :memory")
                        .expressionAttributeNames(Map.of("#state", "state"))
                        .expressionAttributeValues(Map.of(
                                ":active", text(HostState.ACTIVE.wire()),
                                ":all_vcpu", number(capacity.milliVcpu()),
                                ":all_memory", number(capacity.memoryBytes()),
                                ":most_vcpu", number(capacity.milliVcpu() - milliVcpu),
                                ":most_memory", number(capacity.memoryBytes() - memory),
                                ":vcpu", number(milliVcpu),
                                ":memory", number(memory))))
                .build();
    }

    private static Map<String, AttributeValue> key(HostId host) {
        return Map.of("host_id", text(host.value()));
    }

    static Map<HostId, Capacity> merged(List<Placement> places) {
        Map<HostId, Capacity> merged = new LinkedHashMap<>();
        places.forEach(place -> merged.merge(
                place.host(),
                new Capacity(
                        place.reserved().milliVcpu(), place.reserved().memory().bytes()),
                (a, b) -> new Capacity(a.milliVcpu() + b.milliVcpu(), a.memoryBytes() + b.memoryBytes())));
        return merged;
    }

    static ParameterizedStatement giveBack(String table, HostId host, Capacity amount) {
        return ParameterizedStatement.builder()
                .statement("UPDATE \"" + table + "\" SET \"reserved_milli_vcpu\" = \"reserved_milli_vcpu\" - ?"
                        + " SET \"reserved_memory\" = \"reserved_memory\" - ? WHERE host_id = ?")
                .parameters(number(amount.milliVcpu()), number(amount.memoryBytes()), text(host.value()))
                .build();
    }
}
