package dev.berth.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Against a server that answers as CloudFormation's API reference says. */
final class StackOutputsTest {
    private final List<String> asked = new ArrayList<>();
    private final List<String> signed = new ArrayList<>();
    private final Map<String, String> outputs = new LinkedHashMap<>(Map.of(
            "GamesTable", "arena-games",
            "OperationsTable", "arena-operations",
            "JobsTable", "arena-jobs",
            "BlobsTable", "arena-blobs",
            "HostsTable", "arena-hosts",
            "LogArchive", "arena-log-archive-123456789012",
            "StartQueue", "https://sqs.test/123456789012/arena-start-jobs",
            "ResultsQueue", "https://sqs.test/123456789012/arena-job-results"));
    private int status = 200;
    private String answer = "";
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        signed.add(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = (answer.isEmpty() ? described() : answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String described() {
        return """
                <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
                  <DescribeStacksResult><Stacks><member>
                    <StackName>arena</StackName><StackStatus>UPDATE_COMPLETE</StackStatus>
                    <Parameters><member><ParameterKey>SnapStart</ParameterKey><ParameterValue>None</ParameterValue></member></Parameters>
                    <Outputs>%s</Outputs>
                  </member></Stacks></DescribeStacksResult>
                </DescribeStacksResponse>""".formatted(outputs.entrySet().stream()
                .map(output -> "<member><Description>of &lt;it&gt;</Description><OutputKey>" + output.getKey()
                        + "</OutputKey><OutputValue>" + output.getValue() + "</OutputValue></member>")
                .collect(Collectors.joining("\n")));
    }

    private void refuses(int with, String code, String message) {
        status = with;
        answer = """
                <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
                  <Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>
                  <RequestId>1</RequestId>
                </ErrorResponse>""".formatted(code, message);
    }

    private StackAddresses read() {
        return new StackOutputs(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        Region.EU_WEST_1,
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .read("arena");
    }

    @Test
    void findsTheStacksPartsByOneSignedRequest() {
        StackAddresses read = read();

        assertThat(read.tables()).isEqualTo(Tables.of("arena"));
        assertThat(read.archive()).isEqualTo("arena-log-archive-123456789012");
        assertThat(read.queue("arena-start-jobs")).isEqualTo("https://sqs.test/123456789012/arena-start-jobs");
        assertThat(read.queues()).containsOnlyKeys("arena-start-jobs", "arena-job-results");
        assertThat(asked)
                .singleElement()
                .satisfies(body -> assertThat(body.split("&"))
                        .containsExactlyInAnyOrder("Action=DescribeStacks", "Version=2010-05-15", "StackName=arena"));
        assertThat(signed)
                .singleElement()
                .satisfies(header -> assertThat(header)
                        .startsWith("AWS4-HMAC-SHA256 Credential=key/")
                        .contains("/eu-west-1/cloudformation/aws4_request"));
    }

    @Test
    void saysThatTheStackHasNoSuchQueue() {
        assertFails(() -> read().queue("arena-dance-jobs"), ErrorCode.NOT_FOUND, "no queue arena-dance-jobs");
    }

    @Test
    void saysThatThereIsNoSuchStack() {
        refuses(400, "ValidationError", "Stack with id arena does not exist");

        assertFails(this::read, ErrorCode.NOT_FOUND, "there is no stack arena in eu-west-1");
    }

    @Test
    void saysWhatANobodyMayNotKnow() {
        refuses(403, "AccessDenied", "User is not authorized to perform cloudformation:DescribeStacks");

        assertFails(this::read, ErrorCode.STORE_UNAVAILABLE, "403 AccessDenied");
    }

    @Test
    void saysThatAStackIsNotBerths() {
        outputs.remove("HostsTable");

        assertFails(this::read, ErrorCode.NOT_FOUND, "stack arena has no output HostsTable");
    }

    @Test
    void readsNoAnswerThatNamesEntitiesOfItsOwn() {
        answer = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><a><Code>&b;</Code></a>";

        assertFails(this::read, ErrorCode.STORE_UNAVAILABLE, "the store does not take it");
    }

    @Test
    void saysThatNobodyAnswers() {
        server.stop(0);

        assertFails(this::read, ErrorCode.STORE_UNAVAILABLE, "the store does not take it");
    }

    private static void assertFails(Runnable call, ErrorCode code, String text) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.code()).isEqualTo(code))
                .hasMessageContaining(text);
    }
}
