package dev.berth.local;

import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How {@link LocalAws} is to be started: begin with {@link #of}.
 *
 * @param template the SAM template
 * @param directory holds the logs, in its sub-folder logs
 * @param at where DynamoDB listens; SQS, S3 and Secrets Manager have the next ports, or all of them free ones
 * @param code the class path of the functions; where empty, only queues, tables and buckets are made
 * @param secrets what Secrets Manager has, by name
 * @param environment more variables for every function, which win over the template's
 * @param schedules whether functions are also invoked when their schedules in the template say so
 * @param maxSandboxes how many batches of each queue are processed at a time, beside the template's own limit
 * @param listener told each line that a function prints and each failed invocation, from several threads
 */
public record LocalAwsOptions(
        Path template,
        String stackName,
        Path directory,
        InetSocketAddress at,
        List<Path> code,
        Function<String, Optional<String>> secrets,
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
                template,
                stackName,
                directory,
                Ports.loopback(Ports.ANY),
                List.of(),
                _ -> Optional.empty(),
                Map.of(),
                false,
                2,
                _ -> {});
    }

    /**
     * At an address of this machine other than the loopback one, or at fixed ports: the given one for DynamoDB, the next ones for SQS,
     * S3 and Secrets Manager.
     */
    public LocalAwsOptions listeningAt(InetSocketAddress place) {
        return new LocalAwsOptions(
                template, stackName, directory, place, code, secrets, environment, schedules, maxSandboxes, listener);
    }

    /** With the functions too, from a jar that holds them all (or from several jars and folders of classes). */
    public LocalAwsOptions withFunctions(Path... classPath) {
        return new LocalAwsOptions(
                template,
                stackName,
                directory,
                at,
                List.of(classPath),
                secrets,
                environment,
                schedules,
                maxSandboxes,
                listener);
    }

    /** With secrets, which are asked for by their names whenever a function reads one. */
    public LocalAwsOptions withSecrets(Function<String, Optional<String>> found) {
        return new LocalAwsOptions(
                template, stackName, directory, at, code, found, environment, schedules, maxSandboxes, listener);
    }

    public LocalAwsOptions withEnvironment(Map<String, String> variables) {
        return new LocalAwsOptions(
                template,
                stackName,
                directory,
                at,
                code,
                secrets,
                Map.copyOf(variables),
                schedules,
                maxSandboxes,
                listener);
    }

    public LocalAwsOptions withSchedules() {
        return new LocalAwsOptions(
                template, stackName, directory, at, code, secrets, environment, true, maxSandboxes, listener);
    }

    public LocalAwsOptions withMaxSandboxes(int number) {
        return new LocalAwsOptions(
                template, stackName, directory, at, code, secrets, environment, schedules, number, listener);
    }

    public LocalAwsOptions withListener(Consumer<String> lines) {
        return new LocalAwsOptions(
                template, stackName, directory, at, code, secrets, environment, schedules, maxSandboxes, lines);
    }

    Path logs() {
        return directory.resolve("logs");
    }
}
