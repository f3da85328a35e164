package dev.berth.bench;

import dev.berth.local.LocalAws;
import dev.berth.local.LocalAwsOptions;
import dev.berth.local.aws.Emulators;
import dev.berth.local.costs.CountedDynamo;
import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The tables of a stack without its functions: for what is done in this process, where it can be counted. */
final class CountedStack implements AutoCloseable {
    private final Emulators emulators;
    private final LocalAws aws;
    private final DynamoDbClient plain;
    private final DynamoDbClient dynamo;
    private final CountedDynamo counted = new CountedDynamo();

    CountedStack() {
        Path folder = Scratch.folder();
        emulators = Lab.emulators(folder);
        aws = LocalAws.on(emulators, LocalAwsOptions.of(Lab.home().resolve("template.yaml"), Lab.STACK, folder));
        plain = aws.dynamoDbClient();
        dynamo = counted.client(aws.dynamoDb(), plain);
    }

    /** A client that does nothing beside. */
    DynamoDbClient plain() {
        return plain;
    }

    /** A client whose requests are {@link #counted}, which takes time. */
    DynamoDbClient dynamo() {
        return dynamo;
    }

    CountedDynamo counted() {
        return counted;
    }

    @Override
    public void close() {
        dynamo.close();
        plain.close();
        aws.close();
        emulators.close();
    }
}
