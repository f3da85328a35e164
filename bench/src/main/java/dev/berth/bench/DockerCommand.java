package dev.berth.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code docker run -d} over the same mutual TLS, what a shell script would do. */
record DockerCommand(DockerProgram docker, String image) implements Entrant {

    @Override
    public String name() {
        return "docker run -d";
    }

    @Override
    public Map<String, Duration> life(String game) {
        String name = "command_" + game;
        Duration start = Stopwatch.of(() -> docker.run(List.of(
                "run",
                "--detach",
                "--name=" + name,
                "--publish=" + Lab.GAME_PORT,
                "--memory=64m",
                "--memory-swap=64m",
                "--cpus=0.25",
                "--pids-limit=512",
                "--init",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                image)));
        docker.run(List.of("rm", "--force", name));
        return Map.of("start", start);
    }

    @Override
    public void close() {}
}
