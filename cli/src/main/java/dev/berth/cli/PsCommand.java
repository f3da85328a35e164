package dev.berth.cli;

import dev.berth.docker.DockerHosts;
import dev.berth.model.GameId;
import dev.berth.port.Game;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    @Option(names = "--stats", description = "What running games use of what they may, asked of their hosts.")
    private boolean stats;

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
        if (stats) {
            printStats(opened, sorted);
        } else {
            print(sorted);
        }
        return ExitCode.DONE;
    }

    private void print(List<Game> games) {
        if (output.json()) {
            games.stream().map(GamesTable::json).forEach(output::line);
            return;
        }
        GamesTable.lines(games).forEach(output::line);
        only.ifPresent(_ -> games.stream().flatMap(GamesTable::more).forEach(output::line));
    }

    private void printStats(Stack there, List<Game> games) {
        try (DockerHosts docker = there.docker()) {
            UsageReader usages =
                    new UsageReader(there.hosts()::find, (host, left) -> docker.connect(host, left)::usage);
            usages.read(games);
            usages.problems().forEach((host, why) -> output.note("host " + host + ": " + why));
            UsageTable table = new UsageTable(usages);
            if (output.json()) {
                games.stream().map(table::json).forEach(output::line);
            } else {
                table.lines(games).forEach(output::line);
            }
        }
    }
}
