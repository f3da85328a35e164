package dev.berth.aws;

import dev.berth.model.ErrorCode;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/**
 * The clients of AWS, from the ordinary environment: region, credentials, and endpoints where they are not AWS's own
 * ({@code AWS_ENDPOINT_URL_DYNAMODB}, {@code AWS_ENDPOINT_URL_SQS}, {@code AWS_ENDPOINT_URL_S3}); or of a stack on this machine.
 */
public final class AwsClients {
    private static final Duration ONE_TRY = Duration.ofSeconds(4);

    /** How long a call may take, all that the SDK makes of it together. */
    static final ClientOverrideConfiguration LIMITS = ClientOverrideConfiguration.builder()
            .apiCallTimeout(Limits.STORE)
            .apiCallAttemptTimeout(ONE_TRY)
            .build();

    private final Optional<Local> local;
    private final SdkHttpClient http = Apache5HttpClient.builder()
            .connectionTimeout(Limits.CONNECT)
            .socketTimeout(ONE_TRY)
            .maxConnections(64)
            .build();

    private record Local(URI dynamo, URI sqs, Optional<URI> s3, Region region) {}

    public AwsClients() {
        this(Optional.empty());
    }

    private AwsClients(Optional<Local> local) {
        this.local = local;
    }

    /**
     * The clients of a stack on this machine, which takes any credentials.
     *
     * @param s3 empty if the stack is of a version that had none
     */
    public static AwsClients local(URI dynamo, URI sqs, Optional<URI> s3, String region) {
        return new AwsClients(Optional.of(new Local(dynamo, sqs, s3, Region.of(region))));
    }

    public DynamoDbClient dynamo() {
        DynamoDbClientBuilder builder =
                DynamoDbClient.builder().httpClient(http).overrideConfiguration(LIMITS);
        local.ifPresent(there -> direct(builder, there.dynamo(), there.region()));
        return builder.build();
    }

    public SqsClient sqs() {
        SqsClientBuilder builder = SqsClient.builder().httpClient(http).overrideConfiguration(LIMITS);
        local.ifPresent(there -> direct(builder, there.sqs(), there.region()));
        return builder.build();
    }

    /**
     * An address of numbers makes the client name the bucket in the path, as a stack on this machine needs it.
     *
     * @throws OperationFailed {@code store_unavailable} if the stack on this machine has no S3
     */
    public S3Client s3() {
        S3ClientBuilder builder = S3Client.builder().httpClient(http).overrideConfiguration(LIMITS);
        local.ifPresent(there -> direct(
                builder,
                there.s3()
                        .orElseThrow(() -> new OperationFailed(
                                ErrorCode.STORE_UNAVAILABLE, "the stack has no archive: start it again")),
                there.region()));
        return builder.build();
    }

    /** Of AWS, or wherever {@code AWS_ENDPOINT_URL_SECRETS_MANAGER} points: a stack on this machine has none. */
    public SecretsManagerClient secrets() {
        return SecretsManagerClient.builder()
                .httpClient(http)
                .overrideConfiguration(LIMITS)
                .build();
    }

    private static void direct(AwsClientBuilder<?, ?> builder, URI endpoint, Region region) {
        builder.endpointOverride(endpoint)
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }
}
