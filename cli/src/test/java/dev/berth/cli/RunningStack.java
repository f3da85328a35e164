package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real {@code berth up}, and the commands of those who operate it.
 *
 * @param local its local.json
 */
record RunningStack(Path folder, Launched up, JsonNode local) {
    static RunningStack start(Path folder, String... more) throws IOException {
        Launched up = Launched.in(
                folder, Stream.concat(Stream.of("up"), Stream.of(more)).toArray(String[]::new));
        await().atMost(Launched.LIMIT)
                .until(() -> up.hasPrinted("ready") || !up.process().isAlive());
        return new RunningStack(folder, up, Json.parse(Files.readString(folder.resolve(".berth/local.json"))));
    }

    void end() throws InterruptedException, IOException {
        up.signal("TERM");
        assertThat(up.end().exitCode()).isZero();
    }

    /** A command, however it ends. */
    Told told(String... command) throws IOException, InterruptedException {
        return Launched.toTheEnd(folder, command);
    }

    /** A command that must succeed. */
    Told run(String... command) throws IOException, InterruptedException {
        Told told = told(command);
        assertThat(told.exitCode()).as(List.of(command) + ": " + told).isZero();
        return told;
    }

    /** The one object that a command prints that must succeed. */
    ObjectNode json(String... command) throws IOException, InterruptedException {
        return Json.parse(
                run(Stream.concat(Stream.of(command), Stream.of("--json")).toArray(String[]::new))
                        .out());
    }

    ObjectNode startGame(String game, Path spec) throws IOException, InterruptedException {
        String image = local.path("demo_images").path("1.0.0").asText();
        return json("start", game, image, "--spec", spec.toString());
    }

    /** Of its hosts, counted from 1. */
    String endpoint(int number) {
        return local.path("hosts").path(number - 1).path("endpoint").asText();
    }

    String tls(int number) {
        return local.path("hosts").path(number - 1).path("tls").asText();
    }
}
