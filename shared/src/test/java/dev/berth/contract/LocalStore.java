package dev.berth.contract;

import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.aws.DynamoLogPruning;
import dev.berth.aws.DynamoOperationLog;
import dev.berth.aws.Tables;
import dev.berth.local.aws.AwsServices;
import dev.berth.local.aws.LocalClients;
import dev.berth.local.aws.Provision;
import dev.berth.local.aws.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB with the tables of template.yaml, which are made once for all test classes that ask for it. */
final class LocalStore implements AutoCloseable {
    /** Who lists what there is wants no games of others to come and go meanwhile. */
    static final String ALONE = "the games of the local store";

    private static final Path TEMPLATE = Path.of("..", "template.yaml");

    private final URI endpoint;
    final Tables tables = Tables.of("berth");
    final DynamoDbClient dynamo;

    private LocalStore(URI endpoint) {
        this.endpoint = endpoint;
        dynamo = LocalClients.dynamoDb(endpoint);
        Provision.tables(dynamo, Template.read(TEMPLATE, "berth").tables());
    }

    static Path temporary(String name) {
        try {
            return Files.createTempDirectory(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    StorePorts ports() {
        return ports(dynamo);
    }

    /** The real adapters, over a client that may spoil what it sends. */
    StorePorts ports(DynamoDbClient client) {
        HandClock clock = new HandClock();
        return new StorePorts(
                new DynamoGames(client, tables, clock),
                new DynamoHosts(client, tables, clock),
                new DynamoOperationLog(client, tables),
                new DynamoLogPruning(client, tables),
                clock);
    }

    @Override
    public void close() {
        dynamo.close();
    }

    /** Hands the one instance to tests; it ends with the test run. */
    static final class Provided implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == LocalStore.class;
        }

        @Override
        public LocalStore resolveParameter(ParameterContext parameter, ExtensionContext context) {
            AwsServices services = ProvidedServices.of(context);
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(LocalStore.class, _ -> new LocalStore(services.dynamoDb()), LocalStore.class);
        }
    }
}
