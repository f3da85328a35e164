package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.aws.StackAddresses;
import dev.berth.aws.Tables;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalFileTest {
    private static final String QUEUES = "http://127.0.0.1:9324/000000000000/berth-";
    private static final LocalFile.Address ADDRESS = new LocalFile.Address(
            "berth",
            "eu-west-1",
            URI.create("http://127.0.0.1:8000"),
            URI.create("http://127.0.0.1:9324"),
            Optional.of(URI.create("http://127.0.0.1:9000")),
            StackAddresses.of(
                    Tables.of("berth"),
                    Stream.of(
                                    "job-results",
                                    "start-jobs",
                                    "start-jobs-dead",
                                    "restart-jobs",
                                    "patch-jobs",
                                    "cleanup-jobs",
                                    "cleanup-jobs-dead",
                                    "reconcile-jobs",
                                    "reconcile-jobs-dead")
                            .map(name -> QUEUES + name)
                            .toList(),
                    "berth-log-archive-000000000000"));

    @TempDir
    private Path folder;

    @Test
    void hasTheFormOfTheContract() {
        LocalFile file = LocalFile.of(
                ADDRESS,
                List.of(new Host(
                        new HostId("host-1"),
                        URI.create("tcp://127.0.0.1:2376"),
                        "/tls",
                        new Capacity(2000, 1 << 30),
                        Capacity.NONE,
                        HostState.ACTIVE,
                        Map.of())),
                Map.of("1.0.0", "berth-demo/game:1.0.0"));

        assertThat(file.json()).isEqualTo(Json.parse("""
                        {"stack": "berth", "region": "eu-west-1",
                         "endpoints": {"dynamodb": "http://127.0.0.1:8000", "sqs": "http://127.0.0.1:9324",
                                       "s3": "http://127.0.0.1:9000"},
                         "queues": {"start": "%1$sstart-jobs", "restart": "%1$srestart-jobs", "patch": "%1$spatch-jobs",
                                    "cleanup": "%1$scleanup-jobs", "reconcile": "%1$sreconcile-jobs",
                                    "results": "%1$sjob-results",
                                    "dead": {"start": "%1$sstart-jobs-dead", "cleanup": "%1$scleanup-jobs-dead",
                                             "reconcile": "%1$sreconcile-jobs-dead"}},
                         "tables": {"games": "berth-games", "operations": "berth-operations", "jobs": "berth-jobs",
                                    "hosts": "berth-hosts"},
                         "bucket": "berth-log-archive-000000000000",
                         "hosts": [{"host_id": "host-1", "endpoint": "tcp://127.0.0.1:2376", "tls": "/tls"}],
                         "demo_images": {"1.0.0": "berth-demo/game:1.0.0"}}""".formatted(QUEUES)));
    }

    @Test
    void isReadBackAsWritten() {
        LocalFile.of(ADDRESS, List.of(), Map.of()).save(folder);

        assertThat(LocalFile.find(folder)).isEqualTo(ADDRESS);
        assertThat(folder).isDirectoryContaining("glob:**/local.json");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void isReadAlsoWhereItIsOfBeforeThereWasAnArchive() throws IOException {
        Files.writeString(folder.resolve("local.json"), """
                {"stack": "berth", "region": "eu-west-1",
                 "endpoints": {"dynamodb": "http://127.0.0.1:8000", "sqs": "http://127.0.0.1:9324"}}""");

        assertThat(LocalFile.find(folder))
                .isEqualTo(new LocalFile.Address(
                        ADDRESS.stack(),
                        ADDRESS.region(),
                        ADDRESS.dynamoDb(),
                        ADDRESS.sqs(),
                        Optional.empty(),
                        StackAddresses.of(Tables.of("berth"), List.of(), "")));
    }

    @Test
    void isGoneOnceDeleted() {
        LocalFile.of(ADDRESS, List.of(), Map.of()).save(folder);
        LocalFile.delete(folder);

        assertThatThrownBy(() -> LocalFile.find(folder)).hasMessageContaining("no stack runs in " + folder);
    }

    @Test
    void tellsThatItIsDamaged() throws IOException {
        Files.writeString(folder.resolve("local.json"), "{\"stack\": \"berth\"}");

        assertThatThrownBy(() -> LocalFile.find(folder))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("local.json is damaged (region is required)");
    }
}
