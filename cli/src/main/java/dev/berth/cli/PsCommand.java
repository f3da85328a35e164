package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Game;
import dev.berth.wire.Json;
import dev.berth.wire.RecordJson;
import dev.berth.wire.Times;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows games: what is recorded of them, and what is being done. */
@Command(name = "ps", description = "Show games: what is recorded of them, and what is being done.")
final class PsCommand implements Callable<Integer> {
    private static final int MAX_GAMES = 10_000;

    @Parameters(index = "0", paramLabel = "GAME", arity = "0..1", description = "Only this one.")
    private Optional<GameId> only = Optional.empty();

    @Option(names = "--open", description = "Only games on which something was begun and is not finished.")
    private boolean open;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Stack opened = stack.open();
        List<Game> games = only.map(game -> List.of(opened.games()
                        .find(game)
                        .orElseThrow(() -> CommandFailed.failed("nothing is known of game " + game))))
                .orElseGet(() -> opened.games().list(MAX_GAMES));
        List<Game> sorted = games.stream()
                // A game that never was has an item too, where a stop has overtaken its start.
                .filter(game ->
                        only.isPresent() || game.known() || game.deployment().isPresent())
                .filter(game -> !open || game.deployment().isPresent())
                .sorted(Comparator.comparing(game -> game.id().value()))
                .toList();
        if (output.json()) {
            sorted.forEach(game -> output.line(json(game)));
        } else {
            table(sorted).lines().forEach(output::line);
            only.ifPresent(_ -> sorted.stream().flatMap(PsCommand::next).forEach(output::line));
        }
        return ExitCode.DONE;
    }

    private static ObjectNode json(Game game) {
        ObjectNode json = Json.object().put("game_id", game.id().value());
        game.record().ifPresent(record -> json.setAll(RecordJson.write(record)));
        json.put("seq", game.head().seq());
        game.lastRequestedAt().ifPresent(at -> json.put("last_requested_at", Times.write(at)));
        game.dueAt().ifPresent(at -> json.put("due_at", Times.write(at)));
        game.deployment().ifPresent(begun -> json.set("deployment", new DeploymentText(begun).json()));
        return json;
    }

    /** What is being done, and what is to be done next by itself. */
    private static Stream<String> next(Game game) {
        return Stream.concat(
                game.deployment().stream()
                        .map(begun -> "now: " + begun.action() + ", " + new DeploymentText(begun).whole()),
                game.dueAt().stream().flatMap(at -> due(game).map(what -> "due: " + what + " at " + Times.write(at))));
    }

    private static Stream<String> due(Game game) {
        return game.record().stream().flatMap(record -> switch (record.status()) {
            case RUNNING -> Stream.of("stop for being idle");
            case STOPPED, FAILED -> Stream.of("cleanup");
            case LOST, REMOVED -> Stream.empty();
        });
    }

    private static TextTable table(List<Game> games) {
        TextTable table = new TextTable("GAME", "STATUS", "HOST", "IMAGE", "ENDPOINT", "SINCE", "NOW");
        games.forEach(game -> table.row(
                game.id().value(),
                game.record()
                        .map(RuntimeRecord::status)
                        .map(RuntimeStatus::wire)
                        .orElse("-"),
                game.record()
                        .flatMap(RuntimeRecord::host)
                        .map(host -> host.value())
                        .orElse("-"),
                game.record()
                        .flatMap(RuntimeRecord::image)
                        .map(image -> image.ref().value())
                        .orElse("-"),
                endpoint(game),
                since(game),
                game.deployment()
                        .map(begun -> begun.action() + ", " + new DeploymentText(begun).step())
                        .orElse("-")));
        return table;
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
