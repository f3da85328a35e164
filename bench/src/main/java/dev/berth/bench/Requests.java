package dev.berth.bench;

import dev.berth.local.aws.LocalClients;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What is asked of DynamoDB. */
final class Requests implements ExecutionInterceptor {
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();

    /** A client whose requests are noted, to be closed by the caller. */
    DynamoDbClient counted(URI endpoint) {
        return DynamoDbClient.builder()
                .httpClient(Apache5HttpClient.create())
                .endpointOverride(endpoint)
                .region(Region.of(LocalClients.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(LocalClients.CREDENTIAL, LocalClients.CREDENTIAL)))
                .overrideConfiguration(config -> config.addExecutionInterceptor(this))
                .build();
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        sent.add(context.request().getClass().getSimpleName().replaceFirst("Request$", ""));
    }

    /** Their names, in the order in which they were sent. */
    List<String> all() {
        return List.copyOf(sent);
    }

    void clear() {
        sent.clear();
    }
}
