package dev.berth.aws;

import dev.berth.model.OperationFailed;
import dev.berth.port.Blobs;
import dev.berth.port.Clock;
import dev.berth.port.Games;
import dev.berth.port.Hosts;
import dev.berth.port.LogArchive;
import dev.berth.port.OperationLog;
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
    private final StackAddresses addresses;

    /** @throws OperationFailed {@code store_unavailable} if the environment lacks what the clients need */
    public AwsStack(AwsClients aws, StackAddresses addresses) {
        Tables tables = addresses.tables();
        this.aws = aws;
        this.addresses = addresses;
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

    /** A new one, since few commands need it. */
    public LogArchive archive() {
        return new S3Archive(AwsErrors.translated(aws::s3), addresses.archive());
    }

    /** The contents of files that specs name. */
    public Blobs blobs() {
        return new DynamoBlobs(dynamo, addresses.tables());
    }

    public Hosts hosts() {
        return hosts;
    }

    /**
     * Sends a message to the queue of that name.
     *
     * @throws OperationFailed {@code not_found} if the stack has none
     */
    public void send(String queueName, String body) {
        String url = addresses.queue(queueName);
        AwsErrors.translated(() -> sqs.sendMessage(send -> send.queueUrl(url).messageBody(body)));
    }
}
