package dev.berth.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

final class DynamoDbLocalIT {

    private static final String TABLE = "demo-things";

    @TempDir
    static Path folder;

    private static DynamoDbLocal dynamoDb;
    private static DynamoDbClient client;

    @BeforeAll
    static void start() {
        dynamoDb = DynamoDbLocal.start(folder, 0);
        client = LocalClients.dynamoDb(dynamoDb.endpoint());
        var template = Template.read(Path.of("src/test/resources/functions.yaml"), "demo");
        Provision.tables(client, template.tables());
    }

    @AfterAll
    static void stop() {
        client.close();
        dynamoDb.close();
    }

    @Test
    void makesTablesWithTimeToLiveAndIndexes() {
        var table = client.describeTable(r -> r.tableName(TABLE)).table();

        assertThat(table.globalSecondaryIndexes())
                .singleElement()
                .satisfies(index -> assertThat(index.indexName()).isEqualTo("by-colour"));
        assertThat(client.describeTimeToLive(r -> r.tableName(TABLE))
                        .timeToLiveDescription()
                        .timeToLiveStatus())
                .isEqualTo(TimeToLiveStatus.ENABLED);
    }

    @Test
    void appliesAPartiQlTransactionAsAWholeOrNotAtAll() {
        client.putItem(r -> r.tableName(TABLE).item(Map.of("id", text("a"), "number", number(1), "fence", number(7))));

        assertThatThrownBy(() -> transact(6, "b")).isInstanceOf(TransactionCanceledException.class);
        assertThat(exists("b")).isFalse();

        transact(7, "b");
        assertThat(exists("b")).isTrue();
    }

    @Test
    void saysWhichPortIsInUse() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> DynamoDbLocal.start(folder, taken.getLocalPort()))
                    .isInstanceOf(LocalFailure.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageContaining("DynamoDB Local");
        }
    }

    private static void transact(int fence, String newId) {
        client.executeTransaction(r -> r.transactStatements(List.of(
                ParameterizedStatement.builder()
                        .statement("UPDATE \"" + TABLE + "\" SET colour = ? WHERE id = ? AND number = ? AND fence = ?")
                        .parameters(text("red"), text("a"), number(1), number(fence))
                        .build(),
                ParameterizedStatement.builder()
                        .statement("INSERT INTO \"" + TABLE + "\" VALUE {'id': ?, 'number': ?}")
                        .parameters(text(newId), number(1))
                        .build())));
    }

    private static boolean exists(String id) {
        return client.getItem(r -> r.tableName(TABLE).key(Map.of("id", text(id), "number", number(1))))
                .hasItem();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(int value) {
        return AttributeValue.fromN(Integer.toString(value));
    }
}
