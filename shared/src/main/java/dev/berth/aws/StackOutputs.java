package dev.berth.aws;

import dev.berth.model.ErrorCode;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * What a deployed stack says of itself: the outputs of template.yaml, asked of CloudFormation's DescribeStacks, with
 * region and credentials of the ordinary environment. It is one request, signed with the SDK's own signer, and not worth a client of its own.
 */
public final class StackOutputs {
    private static final String SERVICE = "cloudformation";
    private static final String VERSION = "2010-05-15";
    private static final List<String> TABLES =
            List.of("GamesTable", "OperationsTable", "JobsTable", "BlobsTable", "HostsTable");

    private final URI endpoint;
    private final Region region;
    private final AwsCredentialsProvider credentials;

    StackOutputs(URI endpoint, Region region, AwsCredentialsProvider credentials) {
        this.endpoint = endpoint;
        this.region = region;
        this.credentials = credentials;
    }

    /**
     * Of the region and with the credentials that the environment names.
     *
     * @param endpoint where CloudFormation is, if it is not AWS's own
     * @throws OperationFailed {@code store_unavailable} if the environment names no region
     */
    public static StackOutputs fromEnvironment(Optional<URI> endpoint) {
        return AwsErrors.translated(() -> {
            Region region = new DefaultAwsRegionProviderChain().getRegion();
            String suffix = PartitionMetadata.of(region).dnsSuffix();
            return new StackOutputs(
                    endpoint.orElseGet(() -> URI.create("https://" + SERVICE + "." + region + "." + suffix)),
                    region,
                    DefaultCredentialsProvider.builder().build());
        });
    }

    /**
     * Where the parts of that stack are.
     *
     * @throws OperationFailed {@code not_found} if there is no such stack in the region, or it is none of Berth's;
     *     {@code store_unavailable} if that cannot be found out
     */
    public StackAddresses read(String stack) {
        Map<String, String> outputs = new TreeMap<>(AwsErrors.translated(() -> ask(stack)));
        List<String> tables =
                TABLES.stream().map(key -> output(outputs, stack, key)).toList();
        return StackAddresses.of(
                new Tables(tables.get(0), tables.get(1), tables.get(2), tables.get(3), tables.get(4)),
                outputs.entrySet().stream()
                        .filter(output -> output.getKey().endsWith("Queue"))
                        .map(Map.Entry::getValue)
                        .toList(),
                output(outputs, stack, "LogArchive"));
    }

    private static String output(Map<String, String> outputs, String stack, String key) {
        return Optional.ofNullable(outputs.get(key))
                .orElseThrow(() -> new OperationFailed(
                        ErrorCode.NOT_FOUND,
                        "stack " + stack + " has no output " + key + ": it is not Berth's, or of another version"));
    }

    private Map<String, String> ask(String stack) {
        String body = SdkHttpUtils.encodeAndFlattenFormData(Map.of(
                        "Action", List.of("DescribeStacks"),
                        "Version", List.of(VERSION),
                        "StackName", List.of(stack)))
                .orElseThrow();
        ContentStreamProvider payload = ContentStreamProvider.fromUtf8String(body);
        SdkHttpRequest request = SdkHttpRequest.builder()
                .uri(endpoint)
                .method(SdkHttpMethod.POST)
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .putHeader("Content-Length", Integer.toString(body.length()))
                .build();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(credentials.resolveCredentials())
                        .request(request)
                        .payload(payload)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
        try (SdkHttpClient http = Apache5HttpClient.builder()
                .connectionTimeout(Limits.CONNECT)
                .socketTimeout(Limits.STORE)
                .build()) {
            HttpExecuteResponse answer = http.prepareRequest(HttpExecuteRequest.builder()
                            .request(signed.request())
                            .contentStreamProvider(signed.payload().orElse(payload))
                            .build())
                    .call();
            try (InputStream content = answer.responseBody().orElseThrow()) {
                StackDescription description = StackDescription.read(content);
                if (!answer.httpResponse().isSuccessful()) {
                    throw refused(stack, answer.httpResponse().statusCode(), description);
                }
                return description.outputs();
            }
        } catch (IOException e) {
            throw SdkClientException.create("CloudFormation does not answer", e);
        }
    }

    private OperationFailed refused(String stack, int status, StackDescription description) {
        boolean unknown = description.message().contains("does not exist");
        return new OperationFailed(
                unknown ? ErrorCode.NOT_FOUND : ErrorCode.STORE_UNAVAILABLE,
                unknown
                        ? "there is no stack " + stack + " in " + region
                        : "CloudFormation does not tell of stack " + stack + ": " + status + " " + description.code());
    }
}
