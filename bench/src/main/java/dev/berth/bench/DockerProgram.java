package dev.berth.bench;

import dev.berth.local.docker.Engine;
import dev.berth.local.process.Commands;
import dev.berth.local.process.LocalFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A command of Docker's own, told of an engine over mutual TLS by the flags that all of them have.
 *
 * @param program how it is called
 */
record DockerProgram(List<String> program, Engine engine) {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** @throws LocalFailure if it is not there, or fails */
    void run(List<String> arguments) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(
                "--host=" + engine.endpoint(),
                "--tlsverify",
                "--tlscacert=" + engine.tls().resolve("ca.pem"),
                "--tlscert=" + engine.tls().resolve("cert.pem"),
                "--tlskey=" + engine.tls().resolve("key.pem")));
        command.addAll(arguments);
        Commands.run(LIMIT, command);
    }
}
