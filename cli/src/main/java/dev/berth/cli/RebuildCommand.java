package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.ledger.Rebuild;
import dev.berth.ledger.Rebuilt;
import dev.berth.model.Blob;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Clock;
import dev.berth.port.Game;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import dev.berth.wire.RecordJson;
import dev.berth.wire.SpecJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a game's item anew from its log, on an operator's word alone. */
@Command(
        name = "rebuild",
        description =
                "Make a game's record anew from its operation log, after it was lost, or its table was restored as"
                        + " it was earlier. Only a log that verifies is believed; an entry tells of it. Its containers"
                        + " are not touched.")
final class RebuildCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "GAME")
    @SuppressWarnings("NullAway.Init")
    private GameId game;

    @Option(
            names = "--spec",
            paramLabel = "FILE",
            description =
                    "How the game was last started, as JSON: the log has only the hash of it. Another one is"
                            + " refused; without it the game cannot be restarted or patched, and nothing happens to it by itself.")
    private Optional<Path> spec = Optional.empty();

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Optional<ObjectNode> given = spec.map(SpecFile::read);
        Stack opened = stack.open();
        Optional<RuntimeSpec> read = given.map(json -> received(json, opened));
        output.note(
                "this takes " + Limits.LEASE.toSeconds() + " s if the item is lost: somebody may be at the game yet");
        Rebuilt rebuilt = new Rebuild(opened.games(), opened.ledger(), Clock.system()).rebuild(game, read);
        boolean complete = opened.games().find(game).flatMap(Game::spec).isPresent();
        if (output.json()) {
            output.line(json(rebuilt, complete));
        } else {
            lines(rebuilt, complete).forEach(output::line);
        }
        return ExitCode.DONE;
    }

    /** The contents of its files are kept first, so that no spec that is written down refers to nothing. */
    private static RuntimeSpec received(ObjectNode json, Stack stack) {
        List<Blob> contents = new ArrayList<>();
        Fields fields = Fields.of(json);
        RuntimeSpec received = SpecJson.received(fields, contents::add);
        fields.end();
        stack.blobs().keep(contents);
        return received;
    }

    private List<String> lines(Rebuilt rebuilt, boolean complete) {
        List<String> lines = new ArrayList<>();
        lines.add("game " + game + " is rebuilt from its log: entry " + rebuilt.seq() + " tells of it (" + rebuilt.op()
                + ")");
        lines.add("  it is " + rebuilt.record().map(LogTable::became).orElse("without a record") + ", and its fence is "
                + rebuilt.fence().value());
        if (!complete) {
            lines.add(
                    "  the log has only the hash of its spec: until it is stopped and started with its spec, it cannot be"
                            + " restarted or patched, and nothing that the spec asks for happens by itself");
        }
        return lines;
    }

    private ObjectNode json(Rebuilt rebuilt, boolean complete) {
        ObjectNode json = Json.object()
                .put("game_id", game.value())
                .put("op_id", rebuilt.op().value())
                .put("seq", rebuilt.seq())
                .put("fence", rebuilt.fence().value())
                .put("has_spec", complete);
        rebuilt.record().ifPresent(record -> json.set("record", RecordJson.write(record)));
        return json;
    }
}
