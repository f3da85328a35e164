package dev.berth.aws;

import dev.berth.model.OperationFailed;
import dev.berth.port.Blobs;
import dev.berth.port.Clock;
import dev.berth.port.Games;
import dev.berth.port.Hosts;
import dev.berth.port.LogArchive;
import dev.berth.port.OperationLog;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A stack as an operator uses it: its games, their log and its archive, its hosts, and the queues that take jobs. */
public final class AwsStack {
    private final Games games;
    private final OperationLog log;
    private final Hosts hosts;
    private final SqsClient sqs;
    private final AwsClients aws;
    private final DynamoDbClient dynamo;
    private final Tables tables;

    /** @throws OperationFailed {@code store_unavailable} if the environment lacks what the clients need */
    public AwsStack(AwsClients aws, Tables tables) {
        this.aws = aws;
        this.tables = tables;
        this.dynamo = AwsErrors.translated(aws::dynamo);
        this.games = new DynamoGames(dynamo, tables, Clock.system());
        this.log = new DynamoOperationLog(dynamo, tables);
        this.hosts = new DynamoHosts(dynamo, tables, Clock.system());
        this.sqs = AwsErrors.translated(aws::sqs);
    }

    public Games games() {
        return games;
    }

    public OperationLog log() {
        return log;
    }

    /** A new one, since few commands need it: what the account is, which its name has in it, is asked of the log's table. */
    public LogArchive archive(String stack) {
        Arn table = Arn.fromString(
                AwsErrors.translated(() -> dynamo.describeTable(describe -> describe.tableName(tables.operations()))
                        .table()
                        .tableArn()));
        return new S3Archive(
                AwsErrors.translated(aws::s3),
                S3Archive.bucketOf(stack, table.accountId().orElseThrow()));
    }

    /** The contents of files that specs name. */
    public Blobs blobs() {
        return new DynamoBlobs(dynamo, tables);
    }

    public Hosts hosts() {
        return hosts;
    }

    /** Sends a message to the queue of that name. */
    public void send(String queueName, String body) {
        AwsErrors.translated(() -> {
            String url = sqs.getQueueUrl(get -> get.queueName(queueName)).queueUrl();
            return sqs.sendMessage(send -> send.queueUrl(url).messageBody(body));
        });
    }
}
