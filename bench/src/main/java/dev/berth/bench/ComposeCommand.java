package dev.berth.bench;

import dev.berth.local.docker.Engine;
import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code docker compose up -d} over the same mutual TLS. The container is on the engine's own network like all others: one of its
 * own for each project, as is usual, would cost more.
 *
 * @param words what makes the program compose; none where it is nothing else
 */
record ComposeCommand(String name, DockerProgram docker, List<String> words, Path file) implements Entrant {

    /** As a plugin of the docker command, or as the program that it was before; empty where neither works. */
    static Optional<ComposeCommand> find(Engine engine, String image) {
        Path file = file(image);
        DockerProgram docker = new DockerProgram(List.of("docker"), engine);
        // Its library would rather trust what these name than what it is told by a flag.
        DockerProgram before = new DockerProgram(
                List.of("env", "--unset=REQUESTS_CA_BUNDLE", "--unset=CURL_CA_BUNDLE", "docker-compose"), engine);
        return Stream.of(
                        new ComposeCommand("docker compose up -d", docker, List.of("compose"), file),
                        new ComposeCommand("docker-compose up -d", before, List.of(), file))
                .filter(ComposeCommand::works)
                .findFirst();
    }

    private static Path file(String image) {
        String project = """
                services:
                  game:
                    image: %s
                    network_mode: bridge
                    ports: ["%s"]
                    mem_limit: 64m
                    memswap_limit: 64m
                    cpus: 0.25
                    pids_limit: 512
                    init: true
                    cap_drop: [ALL]
                    security_opt: ["no-new-privileges"]
                """.formatted(image, Lab.GAME_PORT);
        try {
            return Files.writeString(Scratch.folder().resolve("compose.yaml"), project);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean works() {
        try {
            run("none", "ps");
            return true;
        } catch (LocalFailure absent) {
            return false;
        }
    }

    @Override
    public Map<String, Duration> life(String game) {
        String project = "compose_" + game;
        Duration start = Stopwatch.of(() -> run(project, "up", "--detach"));
        run(project, "down");
        return Map.of("start", start);
    }

    private void run(String project, String... arguments) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--file=" + file, "--project-name=" + project));
        all.addAll(List.of(arguments));
        docker.run(all);
    }

    @Override
    public void close() {}
}
