package dev.berth.bench;

import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.aws.Tables;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.OperationEntry;
import dev.berth.model.Placement;
import dev.berth.port.Clock;
import dev.berth.port.Games;
import dev.berth.port.Games.Acquisition;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Hosts and their running games as the tables have them. The first game of each host is taken and committed as an operation does
 * it, with its log and its place on the host; the others are copies of its item under ids of their own, for a hundred thousand
 * commits would take half an hour. What the copies lack, a log and a reservation, is not looked at where all is in order.
 */
final class Fleet {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int MOST_AT_ONCE = 25;
    private static final int AT_A_TIME = 4;

    private final DynamoDbClient dynamo;
    private final Tables tables;
    private final Games games;
    private final Map<HostId, Map<String, AttributeValue>> first = new ConcurrentHashMap<>();
    private final Map<HostId, Integer> sizes = new ConcurrentHashMap<>();

    Fleet(DynamoDbClient dynamo, Tables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
        this.games = new DynamoGames(dynamo, tables, Clock.system());
    }

    static List<HostId> hosts(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new HostId("host-" + number))
                .toList();
    }

    /** The game of a host by its number, from 1. */
    static GameId game(HostId host, int number) {
        return new GameId("game-" + number + "-of-" + host);
    }

    /** The games that were put there, whatever has become of them since. */
    List<GameId> games(HostId host) {
        return IntStream.rangeClosed(1, sizes.getOrDefault(host, 0))
                .mapToObj(number -> game(host, number))
                .toList();
    }

    void register(List<HostId> hosts) {
        DynamoHosts registry = new DynamoHosts(dynamo, tables, Clock.system());
        hosts.forEach(host -> registry.register(new Host(
                        host,
                        URI.create("tcp://127.0.0.1:2376"),
                        "none",
                        new Capacity(1_000_000, 1L << 40),
                        Capacity.NONE,
                        HostState.ACTIVE,
                        Map.of())
                .withEngine(Optional.of(host.value()))));
    }

    /** Puts games on each of the hosts, beside those that are there, until it has so many. */
    void fill(List<HostId> hosts, int upTo) {
        new Callers(AT_A_TIME).each(hosts.size(), number -> fill(hosts.get(number), upTo));
    }

    private void fill(HostId host, int upTo) {
        Map<String, AttributeValue> item = first.computeIfAbsent(host, this::start);
        int there = Math.max(1, sizes.getOrDefault(host, 0));
        List<WriteRequest> copies = IntStream.rangeClosed(there + 1, upTo)
                .mapToObj(number -> copy(item, game(host, number)))
                .toList();
        for (int i = 0; i < copies.size(); i += MOST_AT_ONCE) {
            write(copies.subList(i, Math.min(i + MOST_AT_ONCE, copies.size())));
        }
        sizes.put(host, upTo);
    }

    /** @return the item of the host's first game */
    private Map<String, AttributeValue> start(HostId host) {
        GameId game = game(host, 1);
        if (!(games.acquire(game, "never finished", LEASE) instanceof Acquisition.Held held)) {
            throw new IllegalStateException("somebody holds " + game);
        }
        OperationEntry entry = new SampleLog(game, host).append(held.lease().fence());
        List<Placement> place =
                entry.change().orElseThrow().placement().stream().toList();
        games.commit(held.lease(), SampleLog.commit(entry, place, false));
        return dynamo.getItem(
                        get -> get.tableName(tables.games()).key(Map.of("game_id", AttributeValue.fromS(game.value()))))
                .item();
    }

    private static WriteRequest copy(Map<String, AttributeValue> item, GameId game) {
        Map<String, AttributeValue> copy = new HashMap<>(item);
        copy.put("game_id", AttributeValue.fromS(game.value()));
        copy.put("container_id", AttributeValue.fromS(SampleLog.firstContainer(game)));
        return WriteRequest.builder().putRequest(put -> put.item(copy)).build();
    }

    private void write(List<WriteRequest> items) {
        BatchWriteItemResponse answer =
                dynamo.batchWriteItem(write -> write.requestItems(Map.of(tables.games(), items)));
        if (answer.hasUnprocessedItems() && !answer.unprocessedItems().isEmpty()) {
            throw new IllegalStateException("not written: " + answer.unprocessedItems());
        }
    }
}
