package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a stack ends, nothing of it stays. */
final class EndIT {
    private static final Duration ORDERLY = Duration.ofSeconds(45);
    private static final Duration AFTER_KILL = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void ctrlCEndsEverythingInOrder() throws IOException, InterruptedException {
        Launched up = started();
        List<ProcessHandle> children = up.children();
        assertThat(children).isNotEmpty();

        up.signal("INT");

        assertThat(up.end().exitCode()).isZero();
        await().atMost(ORDERLY).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(folder.resolve(".berth/local.json")).doesNotExist();
        assertThat(containerPort()).isZero();
    }

    @Test
    void ctrlCWhileItIsStartingEndsEverythingToo() throws IOException, InterruptedException {
        Launched up = Launched.in(folder, "up");
        await().atMost(Launched.LIMIT).until(() -> up.children().size() > 1);

        up.signal("INT");

        assertThat(up.end().exitCode()).isZero();
        assertThat(up.children()).isEmpty();
    }

    @Test
    void nothingOutlivesAKillForLong() throws IOException, InterruptedException {
        Launched up = started();
        List<ProcessHandle> children = up.children();

        up.signal("KILL");

        await().atMost(AFTER_KILL).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        Launched next = started();
        assertThat(Launched.toTheEnd(folder, "ps", "--json").out()).contains("world-1");
        next.signal("TERM");
        assertThat(next.end().exitCode()).isZero();
    }

    /** A stack in which a game runs, so that there are sandboxes and containers as well. */
    private Launched started() throws IOException, InterruptedException {
        Launched up = Launched.in(folder, "up");
        await().atMost(Launched.LIMIT)
                .until(() -> up.hasPrinted("ready") || !up.process().isAlive());
        Path spec = Files.writeString(
                folder.resolve("spec.json"), "{\"memory\":\"64M\",\"vcpu\":0.25,\"ports\":[{\"container\":8080}]}");
        String image = Json.parse(Files.readString(folder.resolve(".berth/local.json")))
                .path("demo_images")
                .path("1.0.0")
                .asText();
        Told start = Launched.toTheEnd(folder, "start", "world-1", image, "--spec", spec.toString(), "--json");
        assertThat(start.exitCode()).as(start.toString()).isZero();
        Files.writeString(folder.resolve("started.json"), start.out());
        return up;
    }

    /** The port at which the game still answers; 0 if it does not. */
    private int containerPort() throws IOException {
        int port = Json.parse(Files.readString(folder.resolve("started.json")))
                .path("endpoint")
                .path(0)
                .path("port")
                .asInt();
        assertThat(port).isPositive();
        return Probe.isClosed("127.0.0.1", port) ? 0 : port;
    }
}
