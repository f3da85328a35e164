package dev.berth.local.aws;

import com.typesafe.config.ConfigFactory;
import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import scala.concurrent.Await;

/** SQS in this process and in memory; it listens on one address alone. */
public final class ElasticMq implements AutoCloseable {

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

    /** On a port of the loopback address: see {@link #start(InetSocketAddress)}. */
    public static ElasticMq start(int port) {
        return start(Ports.loopback(port));
    }

    /**
     * Starts it and returns when it listens.
     *
     * @param at where to listen, with a port or {@link Ports#ANY}
     * @throws LocalFailure if the port is taken
     */
    public static ElasticMq start(InetSocketAddress at) {
        var actualPort = Ports.reserve(at, "ElasticMQ");
        var host = at.getHostString();
        var loader = ElasticMq.class.getClassLoader();
        var system = ActorSystem.create(
                "elasticmq", ConfigFactory.parseString(QUIET).withFallback(ConfigFactory.load(loader)), loader);
        var server = SQSRestServerBuilder.withActorSystem(system)
                .withInterface(host)
                .withPort(actualPort)
                .withServerAddress(new NodeAddress("http", host, actualPort, ""))
                .withAWSRegion(LocalClients.REGION)
                .withAWSAccountId(LocalClients.ACCOUNT)
                .start();
        try {
            Await.result(
                    server.startFuture(),
                    scala.concurrent.duration.Duration.create(LIMIT.toSeconds(), TimeUnit.SECONDS));
            return new ElasticMq(system, server, URI.create("http://" + host + ":" + actualPort));
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
