package dev.berth.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.aws.AwsClients;
import dev.berth.aws.S3Archive;
import dev.berth.local.aws.AwsServices;
import dev.berth.local.aws.LocalClients;
import dev.berth.model.ErrorCode;
import dev.berth.model.LoggedEntry;
import dev.berth.model.Segment;
import dev.berth.port.LogArchive;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract on S3, and what only its objects show. */
@Tag("aws")
@ExtendWith(ProvidedServices.class)
final class ArchiveIT {
    private static final String BUCKET = "berth-log-archive-000000000000";
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    private static S3Client s3;

    @BeforeAll
    static void start(AwsServices services) {
        services.makeBucket(BUCKET);
        s3 = clients(services.s3()).s3();
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    private static AwsClients clients(URI endpoint) {
        return AwsClients.local(NOWHERE, NOWHERE, Optional.of(endpoint), LocalClients.REGION);
    }

    @Nested
    final class Contract extends ArchiveContract {
        Contract() {
            super(new InBucket());
        }
    }

    @Test
    void ofManyArchiversWhoAreAtTheSameSegmentOneIsHeard() {
        LogArchive archive = new S3Archive(s3, BUCKET);
        var game = Samples.game();
        List<List<LoggedEntry>> versions = IntStream.range(0, 8)
                .mapToObj(_ -> Segments.entries(game, 1, 2))
                .toList();
        try (var archivers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = versions.stream()
                    .<Future<?>>map(entries -> archivers.submit(
                            () -> archive.keepEntries(Segments.of(entries, Optional.empty()), entries)))
                    .toList();
            done.forEach(each -> assertThat(each).succeedsWithin(java.time.Duration.ofSeconds(30)));
        }

        assertThat(versions)
                .filteredOn(entries -> archive.read(Segments.of(entries, Optional.empty()))
                        .equals(new LogArchive.Kept(entries, Optional.empty())))
                .hasSize(1);
    }

    @Test
    void theObjectsAreCompressedLinesAndAManifest() {
        LogArchive archive = new S3Archive(s3, BUCKET);
        List<LoggedEntry> entries = Segments.entries(Samples.game(), 1, 500);
        Segment segment = Segments.of(entries, Optional.empty());
        archive.keepEntries(segment, entries);
        archive.declare(segment);
        String key = "log/" + segment.game() + "/000000000001-000000000500";

        assertThat(s3.headObject(head -> head.bucket(BUCKET).key(key + ".jsonl.gz")))
                .satisfies(kept -> assertThat(kept.contentLength()).isLessThan(segment.bytes() / 2))
                .satisfies(kept -> assertThat(kept.contentType()).isEqualTo("application/gzip"));
        assertThat(new String(new InBucket().get(key + ".manifest.json"), UTF_8))
                .isEqualTo("{\"game_id\":\"" + segment.game() + "\",\"first_seq\":1,\"last_seq\":500,\"prev_hash\":\""
                        + "0".repeat(64) + "\",\"last_hash\":\"" + segment.lastHash() + "\",\"bytes\":"
                        + segment.bytes() + ",\"sha256\":\"" + segment.sha256() + "\",\"unknown\":2}");
    }

    @Test
    void aBucketThatIsNotThereIsNotAnEmptyArchive() {
        LogArchive archive = new S3Archive(s3, "no-such-bucket");
        Segment segment = Segments.declared(Samples.game(), 1, 1);

        StoreContract.assertFails(ErrorCode.INTERNAL, () -> archive.segments(segment.game(), 0, 1));
        StoreContract.assertFails(ErrorCode.INTERNAL, () -> archive.read(segment));
        StoreContract.assertFails(ErrorCode.INTERNAL, () -> archive.declare(segment));
    }

    @Test
    void whileNobodyAnswersTheStoreIsUnavailable() {
        try (S3Client nobody = clients(NOWHERE).s3()) {
            LogArchive archive = new S3Archive(nobody, BUCKET);

            StoreContract.assertFails(ErrorCode.STORE_UNAVAILABLE, () -> archive.segments(Samples.game(), 0, 1));
        }
    }

    @Test
    void aStackOfBeforeThereWasAnArchiveSaysSo() {
        AwsClients older = AwsClients.local(NOWHERE, NOWHERE, Optional.empty(), LocalClients.REGION);

        StoreContract.assertFails(ErrorCode.STORE_UNAVAILABLE, older::s3);
    }

    private record InBucket() implements ArchiveContract.Objects {
        @Override
        public LogArchive archive() {
            return new S3Archive(s3, BUCKET);
        }

        @Override
        public byte[] get(String key) {
            return s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asByteArray();
        }

        @Override
        public void put(String key, byte[] bytes) {
            s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
        }

        @Override
        public void remove(String key) {
            s3.deleteObject(delete -> delete.bucket(BUCKET).key(key));
        }
    }
}
