package dev.berth.functions;

import dev.berth.aws.Tables;
import dev.berth.model.GameId;
import dev.berth.model.Placement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The tables of a fleet, as somebody sees and changes them who goes by no rules. */
final class FleetTables {
    private final DynamoDbClient dynamo;
    private final Tables tables;

    FleetTables(LocalFleet fleet) {
        dynamo = fleet.fleet.berth.dynamo;
        tables = fleet.tables;
    }

    /** The game's item as it stands there, with its lease. */
    Map<String, AttributeValue> item(GameId game) {
        return dynamo.getItem(
                        get -> get.tableName(tables.games()).key(key(game)).consistentRead(true))
                .item();
    }

    /** All items of games, by the text of their ids. */
    Map<String, Map<String, AttributeValue>> items() {
        return dynamo.scan(scan -> scan.tableName(tables.games()).consistentRead(true)).items().stream()
                .collect(Collectors.toMap(item -> item.get("game_id").s(), item -> item));
    }

    void put(Map<String, AttributeValue> item) {
        dynamo.putItem(put -> put.tableName(tables.games()).item(item));
    }

    /** As if there never had been such a game: no item, no log, and nothing reserved for it. */
    void forget(GameId game, Placement place) {
        dynamo.deleteItem(delete -> delete.tableName(tables.games()).key(key(game)));
        log(game)
                .forEach(entry -> dynamo.deleteItem(delete -> delete.tableName(tables.operations())
                        .key(Map.of("game_id", entry.get("game_id"), "seq", entry.get("seq")))));
        dynamo.updateItem(update -> update.tableName(tables.hosts())
                .key(Map.of("host_id", AttributeValue.fromS(place.host().value())))
                .updateExpression("ADD reserved_milli_vcpu :vcpu, reserved_memory :memory")
                .expressionAttributeValues(Map.of(
                        ":vcpu",
                                AttributeValue.fromN(
                                        Long.toString(-place.reserved().milliVcpu())),
                        ":memory",
                                AttributeValue.fromN(
                                        Long.toString(-place.reserved().memory().bytes())))));
    }

    private List<Map<String, AttributeValue>> log(GameId game) {
        return dynamo.query(query -> query.tableName(tables.operations())
                        .keyConditionExpression("game_id = :game")
                        .expressionAttributeValues(Map.of(":game", AttributeValue.fromS(game.value()))))
                .items();
    }

    private static Map<String, AttributeValue> key(GameId game) {
        return Map.of("game_id", AttributeValue.fromS(game.value()));
    }
}
