package dev.berth.functions;

import com.github.dockerjava.transport.DockerHttpClient;
import dev.berth.docker.DockerHosts;
import dev.berth.local.LocalAws;
import java.io.IOException;
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

/** What goes out to DynamoDB and to Docker engines, as it is on the wire. */
final class Counted {
    final Queue<Sent> dynamo = new ConcurrentLinkedQueue<>();

    /** Each call by method and path, without ids and names. */
    final Queue<String> docker = new ConcurrentLinkedQueue<>();

    /** A request to DynamoDB, and the thread that waited for its answer. */
    record Sent(String request, Thread by) {}

    void clear() {
        dynamo.clear();
        docker.clear();
    }

    /** A client that notes its requests, to be closed by the caller. */
    DynamoDbClient dynamo(LocalAws aws) {
        return DynamoDbClient.builder()
                .httpClient(Apache5HttpClient.create())
                .endpointOverride(aws.dynamoDb())
                .region(Region.of(aws.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .overrideConfiguration(config -> config.addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void beforeTransmission(Context.BeforeTransmission sent, ExecutionAttributes attributes) {
                        String name = sent.request().getClass().getSimpleName();
                        dynamo.add(new Sent(name.replaceFirst("Request$", ""), Thread.currentThread()));
                    }
                }))
                .build();
    }

    /** Hosts whose calls are noted, to be closed by the caller. */
    DockerHosts docker() {
        return new DockerHosts(Transport::new);
    }

    private final class Transport implements DockerHttpClient {
        private final DockerHttpClient transport;

        Transport(DockerHttpClient transport) {
            this.transport = transport;
        }

        @Override
        public Response execute(Request request) {
            List<String> path = List.of(request.path().replaceFirst("\\?.*", "").split("/"));
            docker.add(request.method() + " /" + path.get(1) + "/" + path.getLast());
            return transport.execute(request);
        }

        @Override
        public void close() throws IOException {
            transport.close();
        }
    }
}
