package dev.berth.local.aws;

import dev.berth.local.process.Child;
import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * DynamoDB Local, in memory, as a JVM of its own. Its licence keeps it off our class path: the build writes down where its jars are
 * in the local Maven repository (see this module's pom.xml).
 */
public final class DynamoDbLocal implements AutoCloseable {

    private static final String MAIN_CLASS = "software.amazon.dynamodb.services.local.main.ServerRunner";
    private static final String CLASS_PATH_LIST = "dynamodb-local.classpath";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** For how long it is started. */
    public enum Run {
        /** Quick to start, and compiled quickly: for a demonstration and for tests. */
        SHORT("-XX:TieredStopAtLevel=1"),
        /** Compiled as well as can be, for measurements in which it stands for DynamoDB. */
        LONG("-XX:+TieredCompilation");

        private final String compiler;

        Run(String compiler) {
            this.compiler = compiler;
        }
    }

    private final Child child;
    private final URI endpoint;

    private DynamoDbLocal(Child child, URI endpoint) {
        this.child = child;
        this.endpoint = endpoint;
    }

    /** For a short run, on a port of the loopback address: see {@link #start(Path, InetSocketAddress, Run)}. */
    public static DynamoDbLocal start(Path directory, int port) {
        return start(directory, Ports.loopback(port), Run.SHORT);
    }

    /**
     * Starts it and returns when it answers, within a second or two.
     *
     * @param directory gets its log, dynamodb.log
     * @param at where it is to be reached, with a port or {@link Ports#ANY}
     * @throws LocalFailure if the port is taken, or it does not answer within a minute
     */
    public static DynamoDbLocal start(Path directory, InetSocketAddress at, Run run) {
        var actualPort = Ports.reserve(at, "DynamoDB Local");
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Small: it holds a test's data, not a company's.
                "-Xmx512m",
                "-XX:+UseSerialGC",
                run.compiler,
                "-cp",
                String.join(java.io.File.pathSeparator, classPath()),
                MAIN_CLASS,
                "-inMemory",
                "-sharedDb",
                "-disableTelemetry",
                "-port",
                Integer.toString(actualPort));
        var child = Child.Plan.of("DynamoDB Local", command, directory.resolve("dynamodb.log"))
                .withGrace(Duration.ofSeconds(3))
                .start();
        try {
            var endpoint = URI.create("http://" + at.getHostString() + ":" + actualPort);
            child.awaitReady(() -> answers(endpoint), START_LIMIT);
            return new DynamoDbLocal(child, endpoint);
        } catch (LocalFailure e) {
            child.kill();
            throw e;
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        child.close();
    }

    private static List<String> classPath() {
        try (var list = DynamoDbLocal.class.getResourceAsStream(CLASS_PATH_LIST)) {
            if (list == null) {
                throw new LocalFailure(
                        "The build has not written where DynamoDB Local's jars are: run `mvn -pl local compile`.");
            }
            var jars = new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            jars.stream().filter(jar -> !Files.exists(Path.of(jar))).findFirst().ifPresent(jar -> {
                throw new LocalFailure("DynamoDB Local's " + jar
                        + " is gone from the local Maven repository: run `mvn -pl local compile` again.");
            });
            return jars;
        } catch (IOException e) {
            throw new LocalFailure("The list of DynamoDB Local's jars cannot be read.", e);
        }
    }

    /** It answers anything unsigned with 400, once it answers. */
    private static boolean answers(URI endpoint) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(endpoint.getHost()), endpoint.getPort()), 1_000);
        } catch (IOException e) {
            return false;
        }
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(endpoint)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 400;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("Interrupted while DynamoDB Local was starting.", e);
        }
    }
}
