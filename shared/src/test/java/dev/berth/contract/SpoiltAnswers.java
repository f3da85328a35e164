package dev.berth.contract;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Stands between a client and DynamoDB: refuses what is asked, or lets it happen and loses the answer. */
final class SpoiltAnswers implements ExecutionInterceptor {
    private Optional<RuntimeException> refusal = Optional.empty();
    private int toRefuse;
    private int toLose;
    private int lost;
    private boolean queriesAreLate;
    private Optional<Runnable> meanwhile = Optional.empty();

    DynamoDbClient client(URI endpoint) {
        return watched(endpoint, this);
    }

    /** A client of whose requests somebody else hears, or changes them. */
    static DynamoDbClient watched(URI endpoint, ExecutionInterceptor watching) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(Apache5HttpClient.builder())
                .overrideConfiguration(override -> override.addExecutionInterceptor(watching))
                .build();
    }

    synchronized void refuse(int times, RuntimeException failure) {
        refusal = Optional.of(failure);
        toRefuse = times;
    }

    void refuseAll(RuntimeException failure) {
        refuse(Integer.MAX_VALUE, failure);
    }

    /** Of that many writes the answers are lost; the client library does not know that and asks again. */
    synchronized void loseAnswers(int times) {
        toLose = times;
    }

    synchronized int lost() {
        return lost;
    }

    /** Something that somebody else does before the next write is sent. */
    synchronized void beforeTheNextWrite(Runnable something) {
        meanwhile = Optional.of(something);
    }

    /** From now on queries find nothing, as if all that they could find had just been written. */
    synchronized void delayQueries() {
        queriesAreLate = true;
    }

    private static boolean isRead(SdkRequest request) {
        return request instanceof GetItemRequest || request instanceof QueryRequest;
    }

    @Override
    public synchronized SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
        return queriesAreLate && context.response() instanceof QueryResponse answer
                ? answer.toBuilder().items(List.of()).count(0).build()
                : context.response();
    }

    @Override
    public synchronized void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (!isRead(context.request())) {
            Optional<Runnable> now = meanwhile;
            meanwhile = Optional.empty();
            now.ifPresent(Runnable::run);
        }
        if (toRefuse > 0) {
            toRefuse--;
            throw refusal.orElseThrow();
        }
    }

    @Override
    public synchronized SdkHttpResponse modifyHttpResponse(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        if (toLose == 0 || isRead(context.request())) {
            return context.httpResponse();
        }
        toLose--;
        lost++;
        return context.httpResponse().toBuilder().statusCode(503).build();
    }
}
