package dev.berth.local;

import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How {@link LocalAws} is to be started: begin with {@link #of}.
 *
 * @param template the SAM template
 * @param directory holds the logs, in its sub-folder logs
 * @param portBase DynamoDB listens there and SQS on the next one; free ports where empty
 * @param code the class path of the functions; where empty, only queues and tables are made
 * @param environment more variables for every function, which win over the template's
 * @param maxSandboxes how many batches of each queue are processed at a time, beside the template's own limit
 * @param listener told each line that a function prints and each failed invocation, from several threads
 */
public record LocalAwsOptions(
        Path template,
        String stackName,
        Path directory,
        OptionalInt portBase,
        List<Path> code,
        Map<String, String> environment,
        int maxSandboxes,
        Consumer<String> listener) {

    public LocalAwsOptions {
        code.stream().filter(path -> !Files.exists(path)).findFirst().ifPresent(path -> {
            throw new LocalFailure("The functions' " + path + " is missing: build it first.");
        });
        if (maxSandboxes < 1) {
            throw new IllegalArgumentException("maxSandboxes must be at least 1, not " + maxSandboxes);
        }
    }

    /** Queues and tables alone, on free ports. */
    public static LocalAwsOptions of(Path template, String stackName, Path directory) {
        return new LocalAwsOptions(
                template, stackName, directory, OptionalInt.empty(), List.of(), Map.of(), 2, _ -> {});
    }

    /** With fixed ports: this one for DynamoDB, the next one for SQS. */
    public LocalAwsOptions withPortBase(int port) {
        return new LocalAwsOptions(
                template, stackName, directory, OptionalInt.of(port), code, environment, maxSandboxes, listener);
    }

    /** With the functions too, from a jar that holds them all (or from several jars and folders of classes). */
    public LocalAwsOptions withFunctions(Path... classPath) {
        return new LocalAwsOptions(
                template, stackName, directory, portBase, List.of(classPath), environment, maxSandboxes, listener);
    }

    public LocalAwsOptions withEnvironment(Map<String, String> variables) {
        return new LocalAwsOptions(
                template, stackName, directory, portBase, code, Map.copyOf(variables), maxSandboxes, listener);
    }

    public LocalAwsOptions withMaxSandboxes(int number) {
        return new LocalAwsOptions(template, stackName, directory, portBase, code, environment, number, listener);
    }

    public LocalAwsOptions withListener(Consumer<String> lines) {
        return new LocalAwsOptions(template, stackName, directory, portBase, code, environment, maxSandboxes, lines);
    }

    Path logs() {
        return directory.resolve("logs");
    }

    int port(int offset) {
        return portBase.isPresent() ? portBase.getAsInt() + offset : Ports.ANY;
    }
}
