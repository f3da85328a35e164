package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Due;
import dev.berth.model.GameContainer;
import dev.berth.model.HostId;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Game;
import dev.berth.wire.Json;
import dev.berth.wire.RecordJson;
import dev.berth.wire.Times;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Games as they are recorded. */
final class GamesTable {
    private GamesTable() {}

    static List<String> lines(List<Game> games) {
        TextTable table = new TextTable("GAME", "STATUS", "HOST", "IMAGE", "ENDPOINT", "RESTARTS", "SINCE", "NOW");
        games.forEach(game -> table.row(
                game.id().value(),
                status(game),
                host(game),
                game.record()
                        .flatMap(RuntimeRecord::image)
                        .map(image -> image.ref().value())
                        .orElse("-"),
                endpoint(game),
                Integer.toString(restarts(game)),
                since(game),
                game.deployment()
                        .map(begun -> begun.action() + ", " + new DeploymentText(begun).step())
                        .orElse("-")));
        return table.lines();
    }

    static String status(Game game) {
        return game.record().map(record -> new RecordText(record).status()).orElse("-");
    }

    static String host(Game game) {
        return game.record().flatMap(RuntimeRecord::host).map(HostId::value).orElse("-");
    }

    /** How often it was started again by itself of late. */
    static int restarts(Game game) {
        return game.record().map(record -> record.restarts().size()).orElse(0);
    }

    static ObjectNode json(Game game) {
        ObjectNode json = Json.object().put("game_id", game.id().value());
        game.record().ifPresent(record -> json.setAll(RecordJson.write(record)));
        json.put("seq", game.head().seq());
        game.lastRequestedAt().ifPresent(at -> json.put("last_requested_at", Times.write(at)));
        game.dueAt().ifPresent(at -> json.put("due_at", Times.write(at)));
        game.deployment().ifPresent(begun -> json.set("deployment", new DeploymentText(begun).json()));
        return json;
    }

    /** Of one game: what is being done, what is to be done next by itself, and what it was started again for. */
    static Stream<String> more(Game game) {
        return Stream.of(
                        game.deployment()
                                .map(begun -> "now: " + begun.action() + ", " + new DeploymentText(begun).whole()),
                        game.dueAt()
                                .flatMap(at -> Due.of(game.record(), game.spec(), at)
                                        .map(due -> "due: " + due(due.what()) + " at " + Times.write(at))),
                        game.record()
                                .map(RuntimeRecord::restarts)
                                .filter(restarts -> !restarts.isEmpty())
                                .map(GamesTable::restarts))
                .flatMap(line -> line.stream());
    }

    private static String due(Due.What what) {
        return switch (what) {
            case STOP -> "stop for being idle";
            case RESTART -> "restart";
            case CLEANUP -> "cleanup";
        };
    }

    private static String restarts(List<Instant> restarts) {
        return "restarted by itself: " + restarts.size() + " times, the last one at " + Times.write(restarts.getLast());
    }

    private static String endpoint(Game game) {
        return game.record()
                .filter(record -> record.status() == RuntimeStatus.RUNNING)
                .flatMap(RuntimeRecord::container)
                .map(GameContainer::endpoints)
                .filter(endpoints -> !endpoints.isEmpty())
                .map(ResultText::endpoints)
                .orElse("-");
    }

    private static String since(Game game) {
        return game.record()
                .flatMap(record -> record.exit()
                        .map(exit -> exit.at())
                        .or(() -> record.container().map(GameContainer::startedAt)))
                .map(Times::write)
                .orElse("-");
    }
}
