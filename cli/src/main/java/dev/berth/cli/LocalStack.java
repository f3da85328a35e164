package dev.berth.cli;

import dev.berth.aws.StackAddresses;
import dev.berth.aws.Tables;
import dev.berth.local.LocalAws;
import dev.berth.local.LocalAwsOptions;
import dev.berth.local.process.Ports;
import dev.berth.model.Host;
import dev.berth.model.ImagePolicy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A stack on this machine: AWS as far as template.yaml needs it, and Docker hosts, all started side by side. It can be closed at any
 * time, also while it is starting.
 */
final class LocalStack implements AutoCloseable {
    /** What a stack on this machine is called. */
    static final String NAME = "berth";

    /** The secret with the logins to registries. */
    private static final String REGISTRIES = "registries";

    /** The last resort; every part has a shorter limit of its own but for installing Docker. */
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private final Plan plan;
    private final DirectoryLock lock;
    private final Consumer<String> progress;
    private final CompletableFuture<LocalAws> aws;
    private final List<CompletableFuture<StackHost>> hosts = new ArrayList<>();
    private boolean closed;

    /**
     * What is to be started.
     *
     * @param home the repository's root, with template.yaml and the functions' jar
     * @param directory for logs, engines and local.json
     * @param at where DynamoDB listens; SQS, S3 and Secrets Manager have the next ports and the hosts those after, or all of them
     *     free ones
     * @param ownHosts how many engines of our own
     * @param givenHosts engines that run already
     * @param images which images may be run
     */
    record Plan(
            String name,
            Path home,
            Path directory,
            InetSocketAddress at,
            int ownHosts,
            List<GivenHost> givenHosts,
            ImagePolicy images) {
        InetSocketAddress hostPlace(int number) {
            return Ports.after(at, 3 + number);
        }

        /** Whether containers are to reach everything: those of functions see no folder of ours. */
        boolean isForContainers() {
            return !at.getAddress().isLoopbackAddress();
        }

        /** What the functions are told beside what the template says. */
        Map<String, String> environment() {
            Map<String, String> told = new TreeMap<>(Map.of(
                    "BERTH_ALLOWED_IMAGES", String.join(",", images.allowed()),
                    "BERTH_PULL_POLICY", images.pull().wire(),
                    "BERTH_REGISTRIES_SECRET", REGISTRIES));
            if (!isForContainers()) {
                told.put("BERTH_SECRETS_FILE", LocalSecrets.file(directory).toString());
            }
            return told;
        }

        /** The host as functions find its TLS material. */
        Host forFunctions(Host host) {
            return isForContainers() ? LocalSecrets.withSecret(host, directory) : host;
        }
    }

    private LocalStack(Plan plan, DirectoryLock lock, Consumer<String> progress, Consumer<String> functionLines) {
        this.plan = plan;
        this.lock = lock;
        this.progress = progress;
        this.aws = beside(() -> startAws(functionLines));
        CompletableFuture<?> before = CompletableFuture.completedFuture(plan);
        for (int number = 1; number <= plan.ownHosts(); number++) {
            int host = number;
            // One after the other: within one process, two engines cannot choose their addresses at the same time.
            CompletableFuture<StackHost> started =
                    before.thenApplyAsync(_ -> startHost(host), Thread::startVirtualThread);
            hosts.add(started);
            before = started;
        }
        plan.givenHosts().forEach(given -> hosts.add(beside(() -> StackHost.use(plan.name(), given, progress))));
    }

    /** The repository's root, as the launcher tells it. */
    static Path home() {
        return Path.of(System.getProperty("berth.home", "")).toAbsolutePath();
    }

    /**
     * Begins to start everything, and returns at once.
     *
     * @param progress told what has been started, from several threads
     * @param functionLines told each line that a function prints, from several threads
     * @throws CommandFailed if another stack runs in the folder
     */
    static LocalStack begin(Plan plan, Consumer<String> progress, Consumer<String> functionLines) {
        DirectoryLock lock = DirectoryLock.take(plan.directory());
        LocalFile.delete(plan.directory());
        return new LocalStack(plan, lock, progress, functionLines);
    }

    /** Returns when everything answers, the hosts are registered and local.json is written. */
    Stack awaitReady() {
        LocalAws ready = joined(aws);
        List<StackHost> engines = hosts();
        LocalFile.Address address = new LocalFile.Address(
                plan.name(),
                ready.region(),
                ready.dynamoDb(),
                ready.sqs(),
                Optional.of(ready.s3()),
                StackAddresses.of(Tables.of(plan.name()), ready.queueUrls().values(), ready.bucketName("LogArchive")));
        Stack stack = Stack.at(address, plan.directory());
        List<Host> started = engines.stream().map(StackHost::host).toList();
        // Without root several fronts may stand before one engine.
        started.forEach(host -> HostEngine.requireOneId(host, started));
        started.stream().map(plan::forFunctions).forEach(stack.hosts()::register);
        LocalFile.of(
                        address,
                        started,
                        engines.isEmpty() ? Map.of() : engines.getFirst().demoImages())
                .save(plan.directory());
        return stack;
    }

    /** The hosts, when all of them are ready. */
    List<StackHost> hosts() {
        return hosts.stream().map(LocalStack::joined).toList();
    }

    /** Ends everything that was started, side by side, in the order that each needs. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        ends.add(end(aws, LocalAws::close));
        hosts.forEach(host -> ends.add(end(host, StackHost::close)));
        try (lock) {
            LocalFile.delete(plan.directory());
            joined(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)));
        }
    }

    /** A part that is still being started ends when it has started; one that could not be started has ended itself. */
    private static <T> CompletableFuture<Void> end(CompletableFuture<T> part, Consumer<T> end) {
        return part.thenApply(Optional::of)
                .exceptionally(_ -> Optional.empty())
                .thenAcceptAsync(started -> started.ifPresent(end), Thread::startVirtualThread);
    }

    private LocalAws startAws(Consumer<String> functionLines) {
        LocalAwsOptions options = LocalAwsOptions.of(
                        plan.home().resolve("template.yaml"), plan.name(), plan.directory())
                .withFunctions(plan.home().resolve("functions/target/functions.jar"))
                .listeningAt(plan.at())
                .withSecrets(new LocalSecrets(plan.directory())::find)
                .withEnvironment(plan.environment())
                .withSchedules()
                .withListener(functionLines);
        LocalAws started = LocalAws.start(options);
        progress.accept(
                "DynamoDB answers at " + started.dynamoDb() + ", SQS at " + started.sqs() + ", S3 at " + started.s3());
        return started;
    }

    private StackHost startHost(int number) {
        String id = "host-" + number;
        StackHost started = StackHost.start(
                plan.name(), LocalSecrets.hostFolder(plan.directory(), id), id, plan.hostPlace(number), progress);
        progress.accept("Docker host " + id + " answers over mutual TLS at "
                + started.engine().endpoint());
        return started;
    }

    private static <T> CompletableFuture<T> beside(Supplier<T> start) {
        return CompletableFuture.supplyAsync(start, Thread::startVirtualThread);
    }

    private static <T> T joined(CompletableFuture<T> part) {
        try {
            return part.copy().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
