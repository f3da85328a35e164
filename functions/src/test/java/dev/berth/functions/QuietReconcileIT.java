package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.docker.DockerHosts;
import dev.berth.local.costs.CountedDynamo.Sent;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.OpKind;
import dev.berth.operation.SideBySide;
import dev.berth.operation.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a look at a host costs where there is nothing to do, counted on the wire. */
@ExtendWith(Fleet.Provided.class)
@ResourceLock(value = Fleet.ENGINES, mode = ResourceAccessMode.READ)
class QuietReconcileIT {
    private static final HostId HOST = Fleet.HOSTS.getFirst();
    private static final int CONTAINERS = 200;
    private static final int RUNNING = 10;
    private static final int AT_ONCE = 4;
    private static final Set<String> READS = Set.of("GetItem", "Query", "Scan");

    private final LocalFleet fleet;

    QuietReconcileIT(Fleet engines) {
        fleet = new LocalFleet(engines);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void asksForOneListAndWritesNothingHoweverManyContainersThereAre() {
        GameId stopped = fleet.started(HOST);
        fleet.done(OpKind.STOP, fleet.message(stopped));
        sideBySide(RUNNING, () -> fleet.started(HOST));
        sideBySide(CONTAINERS - RUNNING - 1, () -> another(stopped));
        assertThat(fleet.games.boundTo(HOST, 2 * CONTAINERS)).hasSize(CONTAINERS);
        assertThat(fleet.at(HOST).containers(fleet.stack)).hasSize(CONTAINERS);

        Counted counted = new Counted();
        try (DynamoDbClient dynamo = counted.dynamo.client(fleet.fleet.berth.aws.dynamoDb(), fleet.fleet.berth.dynamo);
                DockerHosts docker = counted.docker()) {
            World world = fleet.world(
                    new DynamoGames(dynamo, fleet.tables, fleet.clock),
                    new DynamoHosts(dynamo, fleet.tables, fleet.clock),
                    docker);
            fleet.schedules.look(HOST, world, SideBySide.threads());
        }

        assertThat(counted.docker).containsExactly("GET /containers/json");
        assertThat(counted.dynamo.sent())
                .extracting(Sent::request)
                .isSubsetOf(READS)
                .hasSizeBetween(1, 3);
    }

    /** A game of which all is the same, with a container of its own. */
    private void another(GameId stopped) {
        FleetTables tables = new FleetTables(fleet);
        GameId game = LocalBerth.newGame();
        Map<String, String> labels = new HashMap<>(fleet.at(HOST).labels(fleet.container(stopped)));
        labels.put("berth.game", game.value());
        String container = fleet.at(HOST).create(fleet.stack + "_" + game, labels, fleet.fleet.image);
        Map<String, AttributeValue> item = new HashMap<>(tables.item(stopped));
        item.put("game_id", AttributeValue.fromS(game.value()));
        item.put("container_id", AttributeValue.fromS(container));
        tables.put(item);
    }

    private static void sideBySide(int times, Runnable work) {
        List<Runnable> all = Stream.generate(() -> work).limit(times).toList();
        SideBySide.threads().run(all, AT_ONCE);
    }
}
