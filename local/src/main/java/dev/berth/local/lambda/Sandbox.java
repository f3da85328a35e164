package dev.berth.local.lambda;

import dev.berth.local.aws.LocalClients;
import dev.berth.local.aws.Template;
import dev.berth.local.process.Child;
import dev.berth.local.process.LocalFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child JVM that runs one function in the real Lambda runtime client, one invocation at a time. One that runs out of time is killed
 * at the deadline; one that dies fails its invocation at once.
 */
public final class Sandbox implements AutoCloseable {

    /** Lambda gives ten seconds; a busy laptop needs more. */
    private static final Duration INITIALIZATION_LIMIT = Duration.ofSeconds(60);

    private static final Duration GRACE = Duration.ofSeconds(2);

    /** What was recorded is put together when the JVM ends, which takes some seconds. */
    private static final Duration RECORDING_GRACE = Duration.ofSeconds(30);

    private static final int ENDED_BY_SIGTERM = 143;

    private final FunctionRuntime runtime;
    private final Template.Function function;
    private final RuntimeApi api;
    private final Child child;
    private final AotCache.Part cached;
    private volatile boolean busy;
    private volatile Instant lastUsed = Instant.now();

    private Sandbox(FunctionRuntime runtime, RuntimeApi api, Child child, AotCache.Part cached) {
        this.runtime = runtime;
        this.function = runtime.function();
        this.api = api;
        this.child = child;
        this.cached = cached;
    }

    /** Starts the JVM; does not wait for it. */
    static Sandbox start(FunctionRuntime runtime, Path nativeClient) {
        var function = runtime.function();
        var api = new RuntimeApi(runtime.arn(), function.timeout());
        var cached = runtime.cache().map(AotCache::next).orElse(AotCache.Part.NONE);
        var classPath = RuntimeClient.classPath(runtime.classPath());
        // The flags that Lambda itself gives: serial collection, the quick compiler, and 85 % of the memory for the
        // heap.
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + function.memoryMegabytes() * 85 / 100 + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + NativeClient.PROPERTY + "=" + nativeClient));
        command.addAll(cached.flags());
        command.addAll(List.of("-cp", classPath, RuntimeClient.MAIN_CLASS, function.handler()));
        var child = Child.Plan.of("A sandbox of " + function.logicalId(), command, runtime.log())
                .withEnvironment(environment(runtime, api.address()))
                .tellingLines(runtime.lines())
                .withGrace(cached.written().isPresent() ? RECORDING_GRACE : GRACE)
                .start();
        return new Sandbox(runtime, api, child, cached);
    }

    public long pid() {
        return child.pid();
    }

    public boolean isAlive() {
        return child.isAlive();
    }

    /** Whether it is in the middle of an invocation. */
    public boolean isBusy() {
        return busy;
    }

    /** SIGKILL, as when the machine under it fails. */
    public void kill() {
        child.kill();
    }

    @Override
    public void close() {
        child.close();
        api.close();
        // One that was killed may have written a half of it.
        if (child.exit().join() == ENDED_BY_SIGTERM) {
            runtime.cache().ifPresent(cache -> cached.written().ifPresent(cache::keep));
        }
    }

    Instant lastUsed() {
        return lastUsed;
    }

    /** Runs one invocation to its end; returns a failed response, never hangs, when the sandbox does not survive it. */
    Response invoke(String payload) {
        var invocation = Invocation.of(payload);
        busy = true;
        try {
            api.submit(invocation);
            if (!endsWithin(invocation.deadline(), INITIALIZATION_LIMIT)) {
                return gaveUp(
                        "Sandbox.Timedout",
                        "not ready for an invocation within " + INITIALIZATION_LIMIT.toSeconds() + " s");
            }
            if (!endsWithin(invocation.answer(), function.timeout())) {
                return gaveUp(
                        "Sandbox.Timedout",
                        invocation.requestId()
                                + " Task timed out after %.2f seconds"
                                        .formatted(function.timeout().toMillis() / 1000.0));
            }
            if (api.initializationError().isDone()) {
                child.kill();
                return api.initializationError().join();
            }
            return invocation.answer().isDone()
                    ? invocation.answer().join()
                    : Response.failure(
                            "Runtime.ExitError",
                            "RequestId: " + invocation.requestId() + " Error: the sandbox ended with exit code "
                                    + child.exit().join());
        } finally {
            lastUsed = Instant.now();
            busy = false;
        }
    }

    /** False if after the limit neither the answer is there nor the sandbox has ended. */
    private boolean endsWithin(CompletableFuture<?> answer, Duration limit) {
        try {
            CompletableFuture.anyOf(answer, child.exit()).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            child.kill();
            Thread.currentThread().interrupt();
            throw new LocalFailure("Interrupted in the middle of an invocation of " + function.logicalId() + ".", e);
        }
    }

    private Response gaveUp(String type, String message) {
        child.kill();
        return Response.failure(type, message);
    }

    private static Map<String, String> environment(FunctionRuntime runtime, String api) {
        var function = runtime.function();
        var all = new HashMap<>(function.environment());
        all.putAll(runtime.environment());
        all.putAll(Map.of(
                "_HANDLER",
                function.handler(),
                "AWS_LAMBDA_RUNTIME_API",
                api,
                "AWS_LAMBDA_FUNCTION_NAME",
                function.name(),
                "AWS_LAMBDA_FUNCTION_VERSION",
                "$LATEST",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                Integer.toString(function.memoryMegabytes()),
                "AWS_LAMBDA_INITIALIZATION_TYPE",
                "on-demand",
                "AWS_LAMBDA_LOG_GROUP_NAME",
                "/aws/lambda/" + function.name(),
                "AWS_LAMBDA_LOG_STREAM_NAME",
                "local",
                "AWS_EXECUTION_ENV",
                "AWS_Lambda_java25",
                "TZ",
                ":UTC"));
        all.putAll(Map.of(
                "AWS_REGION", LocalClients.REGION,
                "AWS_DEFAULT_REGION", LocalClients.REGION,
                "AWS_ACCESS_KEY_ID", LocalClients.CREDENTIAL,
                "AWS_SECRET_ACCESS_KEY", LocalClients.CREDENTIAL,
                "LANG", "C.UTF-8",
                "PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin")));
        return all;
    }
}
