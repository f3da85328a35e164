package dev.berth.cli;

import dev.berth.local.docker.Engine;
import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import dev.berth.model.ImagePolicy;
import dev.berth.model.OperationFailed;
import dev.berth.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job on a fresh machine, self-contained. */
@Command(
        name = "demo",
        description = "Show the main job on this machine alone: a stack and a Docker host over TLS come up, a game is"
                + " started, restarted, patched, saved from a broken version and stopped through the queues, and its"
                + " operation log is verified. Exits with 0 only if everything held.")
final class DemoCommand implements Callable<Integer> {
    /** Its containers must not be taken for those of a stack that runs beside it on the same engine. */
    private static final String STACK = LocalStack.NAME + "-demo";

    private static final int CTRL_C = 130;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Keep logs and data there; a temporary folder, removed at the end, where absent.")
    private Optional<Path> directory = Optional.empty();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        DemoReport report = new DemoReport(output);
        Path folder = directory.map(Path::toAbsolutePath).orElseGet(DemoCommand::temporary);
        report.tell("begin", "Berth demo in " + folder, Json.object().put("dir", folder.toString()));
        try {
            run(folder, report);
            if (directory.isEmpty()) {
                delete(folder);
            }
        } catch (CommandFailed | LocalFailure | OperationFailed | UncheckedIOException e) {
            report.failed(Failures.text(e) + " (logs are in " + folder + ")");
            return ExitCode.FAILED;
        }
        report.proven("done", output.style().strong("everything held"), Json.object());
        return ExitCode.DONE;
    }

    private static void run(Path folder, DemoReport report) {
        LocalStack.Plan plan = new LocalStack.Plan(
                STACK, LocalStack.home(), folder, Ports.loopback(Ports.ANY), 1, List.of(), ImagePolicy.OPEN);
        DemoSteps steps = new DemoSteps(report);
        LocalStack stack = LocalStack.begin(plan, text -> report.tell("progress", text), steps);
        OrderlyEnd.of(stack, CTRL_C, () -> {
            new Demo(stack, report, steps).run();
            report.tell("cleanup", "cleaning up");
            return ExitCode.DONE;
        });
        Engine engine = stack.hosts().getFirst().engine();
        if (!Probe.isClosed(engine.endpoint().getHost(), engine.endpoint().getPort())) {
            throw CommandFailed.failed("something still listens at " + engine.endpoint());
        }
        report.proven("cleaned", "everything that was started has ended", Json.object());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("berth-demo-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder cannot be removed", e);
        }
    }
}
