package dev.berth.local.aws;

import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The services that need nothing but this machine: DynamoDB Local, ElasticMQ and S3Proxy. */
public final class Emulators implements AwsServices {

    private final DynamoDbLocal dynamoDb;
    private final ElasticMq elasticMq;
    private final S3InMemory s3;

    private Emulators(DynamoDbLocal dynamoDb, ElasticMq elasticMq, S3InMemory s3) {
        this.dynamoDb = dynamoDb;
        this.elasticMq = elasticMq;
        this.s3 = s3;
    }

    /**
     * Starts them side by side, for a short run: see {@link #start(Path, InetSocketAddress, DynamoDbLocal.Run)}.
     *
     * @throws LocalFailure if one cannot be started; nothing is left running then
     */
    public static Emulators start(Path logs, InetSocketAddress at) {
        return start(logs, at, DynamoDbLocal.Run.SHORT);
    }

    /**
     * Starts them side by side and returns when all of them answer.
     *
     * @param logs gets DynamoDB Local's log
     * @param at where DynamoDB listens; SQS and S3 have the next ports, or all of them free ones
     * @throws LocalFailure if one cannot be started; nothing is left running then
     */
    public static Emulators start(Path logs, InetSocketAddress at, DynamoDbLocal.Run run) {
        Executor beside = task -> Thread.ofPlatform().daemon().name("starting").start(task);
        var dynamoDb = CompletableFuture.supplyAsync(() -> DynamoDbLocal.start(logs, at, run), beside);
        var elasticMq = CompletableFuture.supplyAsync(() -> ElasticMq.start(Ports.after(at, 1)), beside);
        var s3 = CompletableFuture.supplyAsync(() -> S3InMemory.start(Ports.after(at, 2)), beside);
        try {
            CompletableFuture.allOf(dynamoDb, elasticMq, s3).join();
        } catch (CompletionException e) {
            dynamoDb.thenAccept(DynamoDbLocal::close).exceptionally(_ -> null).join();
            elasticMq.thenAccept(ElasticMq::close).exceptionally(_ -> null).join();
            s3.thenAccept(S3InMemory::close).exceptionally(_ -> null).join();
            throw e.getCause() instanceof LocalFailure failure ? failure : e;
        }
        return new Emulators(dynamoDb.join(), elasticMq.join(), s3.join());
    }

    @Override
    public URI dynamoDb() {
        return dynamoDb.endpoint();
    }

    @Override
    public URI sqs() {
        return elasticMq.endpoint();
    }

    @Override
    public URI s3() {
        return s3.endpoint();
    }

    @Override
    public void makeBucket(String name) {
        s3.make(name);
    }

    /** Ends them with everything that they hold. */
    @Override
    public void close() {
        elasticMq.close();
        dynamoDb.close();
        s3.close();
    }
}
