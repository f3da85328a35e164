package dev.berth.aws;

import dev.berth.model.Limits;
import java.time.Duration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The clients of AWS, from the ordinary environment: region, credentials, and endpoints where they are not AWS's own
 * ({@code AWS_ENDPOINT_URL_DYNAMODB}, {@code AWS_ENDPOINT_URL_SQS}).
 */
public final class AwsClients {
    private static final Duration ONE_TRY = Duration.ofSeconds(4);

    private final SdkHttpClient http = Apache5HttpClient.builder()
            .connectionTimeout(Limits.CONNECT)
            .socketTimeout(ONE_TRY)
            .maxConnections(64)
            .build();
    private final ClientOverrideConfiguration limits = ClientOverrideConfiguration.builder()
            .apiCallTimeout(Limits.STORE)
            .apiCallAttemptTimeout(ONE_TRY)
            .build();

    public DynamoDbClient dynamo() {
        return DynamoDbClient.builder()
                .httpClient(http)
                .overrideConfiguration(limits)
                .build();
    }

    public SqsClient sqs() {
        return SqsClient.builder().httpClient(http).overrideConfiguration(limits).build();
    }
}
