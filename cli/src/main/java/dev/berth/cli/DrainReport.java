package dev.berth.cli;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes.Drain;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.StopReason;
import dev.berth.model.WireName;
import dev.berth.port.Game;
import dev.berth.wire.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a drain has come to, from what is recorded of the games that were to leave the host. */
record DrainReport(Host host, List<Line> lines) {

    /** What became of a game. */
    enum Fate implements WireName {
        MOVED("moved"),
        /** For the drain. */
        STOPPED("stopped"),
        /** It had ended before, or ended meanwhile; what was left of it is removed. */
        CLEANED_UP("cleaned_up"),
        LEFT("left");

        private final String wire;

        Fate(String wire) {
            this.wire = wire;
        }

        @Override
        public String wire() {
            return wire;
        }
    }

    /** @param now how the game is now; for one that is left, why it is */
    record Line(GameId game, Fate fate, Optional<HostId> host, String now) {}

    /** @param games what is known of each at the moment; empty where nothing is */
    static DrainReport of(Host host, Map<GameId, Optional<Game>> games) {
        List<Line> lines = new ArrayList<>();
        games.forEach((id, game) -> lines.add(line(host, id, game)));
        return new DrainReport(host, List.copyOf(lines));
    }

    private static Line line(Host host, GameId id, Optional<Game> game) {
        Optional<RuntimeRecord> record = game.flatMap(Game::record);
        Optional<HostId> there = record.flatMap(RuntimeRecord::host);
        String status = record.map(known -> new RecordText(known).status()).orElse("nothing is recorded of it");
        if (there.equals(Optional.of(host.id()))) {
            return new Line(id, Fate.LEFT, there, why(host, id, game, status));
        }
        if (there.isPresent()) {
            return new Line(id, Fate.MOVED, there, status + " on " + there.get());
        }
        boolean stopped = record.flatMap(RuntimeRecord::stopReason).equals(Optional.of(StopReason.DRAIN));
        return new Line(id, stopped ? Fate.STOPPED : Fate.CLEANED_UP, there, status);
    }

    private static String why(Host host, GameId id, Optional<Game> game, String status) {
        return host.notes()
                .drain()
                .map(Drain::blocked)
                .map(blocked -> blocked.get(id))
                .or(() -> game.flatMap(Game::deployment)
                        .map(open -> open.action() + ", " + new DeploymentText(open).whole()))
                .orElse(status);
    }

    /** How many there are of each, but for those that there are none of. */
    String summary() {
        Map<Fate, Long> counts = lines.stream().collect(groupingBy(Line::fate, counting()));
        String counted = Arrays.stream(Fate.values())
                .filter(counts::containsKey)
                .map(fate -> counts.get(fate) + " " + fate.wire().replace('_', ' '))
                .collect(joining(", "));
        return "host " + host.id() + " is " + host.state().wire() + (counted.isEmpty() ? "" : ": " + counted);
    }

    List<String> table() {
        if (lines.isEmpty()) {
            return List.of();
        }
        TextTable table = new TextTable("GAME", "DRAIN", "NOW");
        lines.forEach(line -> table.row(line.game().value(), line.fate().wire().replace('_', ' '), line.now()));
        return table.lines();
    }

    /** One for each game, and one for the host. */
    List<ObjectNode> json() {
        List<ObjectNode> json = new ArrayList<>();
        ObjectNode whole = Json.object()
                .put("host_id", host.id().value())
                .put("state", host.state().wire());
        for (Fate fate : Fate.values()) {
            whole.put(
                    fate.wire(),
                    lines.stream().filter(line -> line.fate() == fate).count());
        }
        lines.forEach(line -> json.add(json(line)));
        json.add(whole);
        return json;
    }

    private static ObjectNode json(Line line) {
        ObjectNode json = Json.object()
                .put("game_id", line.game().value())
                .put("drain", line.fate().wire());
        line.host().ifPresent(there -> json.put("on_host", there.value()));
        return json.put("now", line.now());
    }
}
