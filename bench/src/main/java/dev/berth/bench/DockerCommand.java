package dev.berth.bench;

import dev.berth.local.docker.Engine;
import dev.berth.local.process.Commands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code docker run -d} over the same mutual TLS, what a shell script would do. */
record DockerCommand(Engine engine, Lab lab) implements Entrant {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "docker run -d";
    }

    @Override
    public Map<String, Duration> life(String game) {
        String name = "command_" + game;
        Duration start = Stopwatch.of(() -> docker(
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
                lab.image()));
        docker("rm", "--force", name);
        return Map.of("start", start);
    }

    private void docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "docker",
                "--host=" + engine.endpoint(),
                "--tlsverify",
                "--tlscacert=" + engine.tls().resolve("ca.pem"),
                "--tlscert=" + engine.tls().resolve("cert.pem"),
                "--tlskey=" + engine.tls().resolve("key.pem")));
        command.addAll(List.of(arguments));
        Commands.run(LIMIT, command);
    }

    @Override
    public void close() {}
}
