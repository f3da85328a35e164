package dev.berth.local.aws;

import com.typesafe.config.ConfigFactory;
import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import scala.concurrent.Await;

/** SQS in this process and in memory; it listens on the loopback address alone. */
public final class ElasticMq implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String QUIET = """
            pekko.loggers = []
            pekko.loglevel = OFF
            pekko.stdout-loglevel = OFF
            pekko.daemonic = on
            pekko.jvm-exit-on-fatal-error = off
            pekko.log-dead-letters = off
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            """;

    private final ActorSystem system;
    private final SQSRestServer server;
    private final URI endpoint;

    private ElasticMq(ActorSystem system, SQSRestServer server, URI endpoint) {
        this.system = system;
        this.server = server;
        this.endpoint = endpoint;
    }

    /**
     * Starts it and returns when it listens.
     *
     * @param port to listen on, or {@link Ports#ANY}
     * @throws LocalFailure if the port is taken
     */
    public static ElasticMq start(int port) {
        var actualPort = Ports.reserve(port, "ElasticMQ");
        var loader = ElasticMq.class.getClassLoader();
        var system = ActorSystem.create(
                "elasticmq", ConfigFactory.parseString(QUIET).withFallback(ConfigFactory.load(loader)), loader);
        var server = SQSRestServerBuilder.withActorSystem(system)
                .withInterface(HOST)
                .withPort(actualPort)
                .withServerAddress(new NodeAddress("http", HOST, actualPort, ""))
                .withAWSRegion(LocalClients.REGION)
                .withAWSAccountId(LocalClients.ACCOUNT)
                .start();
        try {
            Await.result(
                    server.startFuture(),
                    scala.concurrent.duration.Duration.create(LIMIT.toSeconds(), TimeUnit.SECONDS));
            return new ElasticMq(system, server, URI.create("http://" + HOST + ":" + actualPort));
        } catch (Exception e) {
            system.terminate();
            throw new LocalFailure("ElasticMQ did not start on port " + actualPort + ": " + e.getMessage(), e);
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /** Ends it with everything in its queues, and breaks off what still waits for messages. */
    @Override
    public void close() {
        // The server's own end would wait for each long poll; what matters is that the port is given back.
        server.stopAndGetFuture().apply();
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
