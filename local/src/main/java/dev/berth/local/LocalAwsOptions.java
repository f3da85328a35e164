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
 * @param portBase DynamoDB listens there, SQS and S3 on the next ones; free ports where empty
 * @param code the class path of the functions; where empty, only queues, tables and buckets are made
 * @param environment more variables for every function, which win over the template's
 * @param schedules whether functions are also invoked when their schedules in the template say so
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
        boolean schedules,
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

    /** Queues, tables and buckets alone, on free ports. Functions, once there are any, are fed from their queues only. */
    public static LocalAwsOptions of(Path template, String stackName, Path directory) {
        return new LocalAwsOptions(
                template, stackName, directory, OptionalInt.empty(), List.of(), Map.of(), false, 2, _ -> {});
    }

    /** With fixed ports: this one for DynamoDB, the next ones for SQS and S3. */
    public LocalAwsOptions withPortBase(int port) {
        return new LocalAwsOptions(
                template,
                stackName,
                directory,
                OptionalInt.of(port),
                code,
                environment,
                schedules,
                maxSandboxes,
                listener);
    }

    /** With the functions too, from a jar that holds them all (or from several jars and folders of classes). */
    public LocalAwsOptions withFunctions(Path... classPath) {
        return new LocalAwsOptions(
                template,
                stackName,
                directory,
                portBase,
                List.of(classPath),
                environment,
                schedules,
                maxSandboxes,
                listener);
    }

    public LocalAwsOptions withEnvironment(Map<String, String> variables) {
        return new LocalAwsOptions(
                template,
                stackName,
                directory,
                portBase,
                code,
                Map.copyOf(variables),
                schedules,
                maxSandboxes,
                listener);
    }

    public LocalAwsOptions withSchedules() {
        return new LocalAwsOptions(
                template, stackName, directory, portBase, code, environment, true, maxSandboxes, listener);
    }

    public LocalAwsOptions withMaxSandboxes(int number) {
        return new LocalAwsOptions(
                template, stackName, directory, portBase, code, environment, schedules, number, listener);
    }

    public LocalAwsOptions withListener(Consumer<String> lines) {
        return new LocalAwsOptions(
                template, stackName, directory, portBase, code, environment, schedules, maxSandboxes, lines);
    }

    Path logs() {
        return directory.resolve("logs");
    }

    int port(int offset) {
        return portBase.isPresent() ? portBase.getAsInt() + offset : Ports.ANY;
    }
}
