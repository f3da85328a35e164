package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Placement;
import dev.berth.model.Resources;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.ContainerHost.Usage;
import dev.berth.port.Game;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What games use of what they may. */
record UsageTable(UsageReader usages) {
    private static final double MIB = 1 << 20;
    private static final int MILLI = 1000;
    private static final int PERCENT = 100;

    List<String> lines(List<Game> games) {
        TextTable table = new TextTable("GAME", "STATUS", "HOST", "CPU", "MEMORY", "RESTARTS");
        games.forEach(game -> table.row(
                game.id().value(),
                GamesTable.status(game),
                GamesTable.host(game),
                usages.of(game.id()).flatMap(usage -> cpu(game, usage)).orElse("-"),
                usages.of(game.id()).map(UsageTable::memory).orElse("-"),
                Integer.toString(GamesTable.restarts(game))));
        return table.lines();
    }

    /** In percent of the processors that are reserved for it. */
    private static Optional<String> cpu(Game game, Usage usage) {
        return game.record()
                .flatMap(RuntimeRecord::placement)
                .map(Placement::reserved)
                .map(Resources::milliVcpu)
                .map(most -> String.format(Locale.ROOT, "%.1f%%", usage.processors() * MILLI / most * PERCENT));
    }

    private static String memory(Usage usage) {
        return String.format(Locale.ROOT, "%.1fM / %.0fM", usage.memoryBytes() / MIB, usage.memoryLimit() / MIB);
    }

    /** The record has its restarts under a key of that name already, so that this is an object of its own. */
    ObjectNode json(Game game) {
        ObjectNode json = GamesTable.json(game);
        ObjectNode stats = json.putObject("stats");
        usages.of(game.id())
                .ifPresent(usage -> stats.put("processors", usage.processors())
                        .put("memory_bytes", usage.memoryBytes())
                        .put("memory_limit", usage.memoryLimit()));
        stats.put("restarts", GamesTable.restarts(game));
        return json;
    }
}
