package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BerthTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "start",
                "start game",
                "start Game_1 image",
                "start game IMAGE",
                "start game image --spec /nowhere/spec.json",
                "start game image --job-id not/allowed",
                "stop",
                "stop game --reason because",
                "stop game --grace soon",
                "restart",
                "restart Game_1",
                "restart game --grace soon",
                "patch game",
                "patch game IMAGE",
                "patch game image --grace soon",
                "cleanup",
                "cleanup game volume",
                "touch",
                "touch Game_1",
                "ps --dir a --stack b",
                "log Game_1",
                "log --verify",
                "log --replay",
                "log --follow",
                "log game --verify --failures",
                "log game --verify --limit 5",
                "log game --replay --source gm_rest",
                "log game --verify --follow",
                "log game --follow --until 1h",
                "log game --new",
                "log game --at 3",
                "log game --replay --at yesterday",
                "log game --op 1",
                "log game --since tomorrow",
                "log game --source somebody",
                "log game --limit 0",
                "trace",
                "trace not/allowed",
                "trace job --since never",
                "rebuild",
                "rebuild Game_1",
                "rebuild game --spec /nowhere/spec.json",
                "up --hosts many",
                "up --hosts 100",
                "up --port-base 0",
                "up --address localhost",
                "up --address 0.0.0.0",
                "up --host host-1",
                "up --pull-policy sometimes",
                "up --allow-images registry.example//games",
                "hosts add h tcp://h:2376 --tls t --vcpu 1",
                "hosts add h http://h:2376 --tls t --vcpu 1 --memory 1G",
                "hosts add h tcp://h:2376 --tls t --vcpu 0 --memory 1G",
                "hosts add h tcp://h:2376 --tls t --vcpu 1 --memory much",
                "hosts add h tcp://169.254.169.254:2376 --tls t --vcpu 1 --memory 1G",
                "hosts add h tcp://h:2376 --tls t --vcpu 1 --memory 1G --label zone",
                "hosts drain",
                "hosts drain Host_1",
                "hosts undrain",
                "hosts lost",
                "hosts remove h other"
            })
    void refusesWrongUseInOneLine(String arguments) {
        Told told = Told.by(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));

        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.err().lines()).hasSize(1).allMatch(line -> line.startsWith("berth: "));
        assertThat(told.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start game image",
                "stop game",
                "restart game --grace 5",
                "patch game image:1.0.1",
                "cleanup game --purge-volumes",
                "touch game",
                "ps",
                "log game",
                "log",
                "log --op op-0123456789ab --failures",
                "log game --verify --new",
                "log game --replay --at 24h",
                "log game --since 24h --until 2026-01-31T12:00:00Z --source auto_ttl --limit 5",
                "log game --follow",
                "trace op-0123456789ab",
                "trace job --since 48h",
                "rebuild game",
                "ps --stats",
                "hosts",
                "hosts add h tcp://h:2376 --tls t --vcpu 1 --memory 1G --no-check",
                "hosts drain h",
                "hosts undrain h",
                "hosts lost h",
                "hosts remove h"
            })
    void tellsThatNoStackRuns(String arguments) {
        Told told = Told.by((arguments + " --json --dir " + folder).split(" ", -1));

        assertThat(told.exitCode()).isEqualTo(3);
        assertThat(told.err()).contains(folder.toString()).contains("berth up");
        assertThat(Json.parse(told.out()).path("exit_code").asInt()).isEqualTo(3);
    }

    @Test
    void tellsThatAStackDoesNotAnswerAnyMore() throws IOException {
        Files.writeString(folder.resolve("local.json"), """
                {"stack": "berth", "region": "eu-west-1",
                 "endpoints": {"dynamodb": "http://127.0.0.1:1", "sqs": "http://127.0.0.1:1"}}""");

        Told told = Told.by("ps", "--dir", folder.toString());

        assertThat(told.exitCode()).isEqualTo(3);
        assertThat(told.err().lines()).hasSize(1).allMatch(line -> line.contains("does not answer"));
    }

    @Test
    void refusesASpecThatIsNoObject() throws IOException {
        Path spec = Files.writeString(folder.resolve("spec.json"), "[]");

        Told told = Told.by("start", "game", "image", "--spec", spec.toString(), "--dir", folder.toString());

        assertThat(told.exitCode()).isEqualTo(2);
    }

    @Test
    void tellsOfEveryCommand() {
        Told told = Told.by("--help");

        assertThat(told.exitCode()).isZero();
        assertThat(told.out())
                .contains(
                        "demo",
                        "up",
                        "start",
                        "stop",
                        "restart",
                        "patch",
                        "cleanup",
                        "touch",
                        "ps",
                        "log",
                        "trace",
                        "rebuild",
                        "hosts",
                        "Exit codes");
    }
}
