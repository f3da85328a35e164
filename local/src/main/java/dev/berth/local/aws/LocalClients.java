package dev.berth.local.aws;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** AWS clients of the local endpoints, which take any credentials. */
public final class LocalClients {

    public static final String REGION = "eu-west-1";
    public static final String ACCOUNT = "000000000000";

    /** Stands for the access key and for its secret. */
    public static final String CREDENTIAL = "local";

    /** More than the largest number of pollers that a machine of this kind can feed. */
    private static final int MAX_CONNECTIONS = 256;

    private LocalClients() {}

    /**
     * A new client, to be closed by the caller.
     *
     * @param told are told of each of its requests
     */
    public static DynamoDbClient dynamoDb(URI endpoint, ExecutionInterceptor... told) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(credentials())
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(MAX_CONNECTIONS))
                .overrideConfiguration(config -> config.executionInterceptors(List.of(told)))
                .build();
    }

    /** A new client, to be closed by the caller. */
    public static SqsClient sqs(URI endpoint) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(credentials())
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(MAX_CONNECTIONS))
                .build();
    }

    /** A new client, to be closed by the caller. */
    public static S3Client s3(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(credentials())
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(MAX_CONNECTIONS))
                .build();
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(CREDENTIAL, CREDENTIAL));
    }
}
