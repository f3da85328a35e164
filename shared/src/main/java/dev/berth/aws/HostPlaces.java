package dev.berth.aws;

import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.Placement;
import dev.berth.port.Reservation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The hosts' parts in the games' transactions: what is reserved there, and what is given back. */
final class HostPlaces {
    private HostPlaces() {}

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
                        .key(HostItem.key(reservation.host().id()))
                        .conditionExpression(
                                "#state = :active AND attribute_not_exists(silent_since) AND milli_vcpu = :all_vcpu AND memory = :all_memory"
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

    /** One statement for each host: a transaction cannot write an item twice. */
    static List<ParameterizedStatement> changes(String table, List<Placement> givenBack, List<Placement> taken) {
        Map<HostId, Capacity> less = new LinkedHashMap<>();
        givenBack.forEach(place -> add(less, place, 1));
        taken.forEach(place -> add(less, place, -1));
        less.values().removeIf(Capacity.NONE::equals);
        return less.entrySet().stream()
                .map(host -> giveBack(table, host.getKey(), host.getValue()))
                .toList();
    }

    private static void add(Map<HostId, Capacity> less, Placement place, int sign) {
        less.merge(
                place.host(),
                new Capacity(
                        (long) sign * place.reserved().milliVcpu(),
                        sign * place.reserved().memory().bytes()),
                (a, b) -> new Capacity(a.milliVcpu() + b.milliVcpu(), a.memoryBytes() + b.memoryBytes()));
    }

    private static ParameterizedStatement giveBack(String table, HostId host, Capacity amount) {
        return ParameterizedStatement.builder()
                .statement("UPDATE \"" + table + "\" SET \"reserved_milli_vcpu\" = \"reserved_milli_vcpu\" - ?"
                        + " SET \"reserved_memory\" = \"reserved_memory\" - ? WHERE host_id = ?")
                .parameters(number(amount.milliVcpu()), number(amount.memoryBytes()), text(host.value()))
                .build();
    }
}
