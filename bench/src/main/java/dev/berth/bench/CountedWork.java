package dev.berth.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.EmfTelemetry;
import dev.berth.docker.DockerHosts;
import dev.berth.local.costs.CountedDynamo;
import dev.berth.local.costs.Use;
import dev.berth.model.OpKind;
import dev.berth.operation.Operations;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The operations in this process on a lab's tables and engine, and what each of them takes. */
final class CountedWork implements AutoCloseable {
    private final CountedDynamo counted = new CountedDynamo();
    private final LongAdder logBytes = new LongAdder();
    private final DynamoDbClient plain;
    private final DynamoDbClient dynamo;
    private final DockerHosts docker = new DockerHosts();

    /**
     * What a piece of work took.
     *
     * @param requests to DynamoDB
     */
    record Taken(int requests, Use use) {}

    CountedWork(Lab lab) {
        plain = lab.aws().dynamoDbClient();
        dynamo = counted.client(lab.aws().dynamoDb(), plain);
    }

    /** A new one: it remembers nothing. */
    World world() {
        EmfTelemetry telemetry = new EmfTelemetry(Lab.STACK, Clock.system(), this::print);
        return Here.world(dynamo, docker, telemetry, Clock.system());
    }

    private void print(String line) {
        logBytes.add(line.getBytes(UTF_8).length + 1);
    }

    /** @throws IllegalStateException if the job fails */
    Taken perform(Operations operations, OpKind kind, ObjectNode message) {
        return taken(Use.REQUESTS_OF_A_JOB, () -> Here.perform(operations, kind, message));
    }

    /** @param queueRequests that come with it */
    Taken taken(int queueRequests, Runnable work) {
        counted.clear();
        logBytes.reset();
        Duration took = Stopwatch.of(work);
        return new Taken(
                counted.sent().size(),
                new Use(counted.readUnits(), counted.writeUnits(), queueRequests, took, logBytes.sum()));
    }

    @Override
    public void close() {
        docker.close();
        dynamo.close();
        plain.close();
    }
}
