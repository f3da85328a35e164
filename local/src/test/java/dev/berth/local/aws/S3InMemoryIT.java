package dev.berth.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What of S3 is relied on. */
final class S3InMemoryIT {

    private static final String BUCKET = "demo-papers-000000000000";

    private static S3InMemory server;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        server = S3InMemory.start(Ports.ANY);
        server.make(BUCKET);
        s3 = LocalClients.s3(server.endpoint());
    }

    @AfterAll
    static void stop() {
        s3.close();
        server.close();
    }

    @Test
    void keepsOneOfManyWhoWriteAnObjectOnlyIfThereIsNone() throws Exception {
        try (var writers = Executors.newFixedThreadPool(8)) {
            for (var round = 0; round < 20; round++) {
                var key = "raced/" + round;
                var won = writers
                        .invokeAll(IntStream.range(0, 8)
                                .mapToObj(writer -> (java.util.concurrent.Callable<Boolean>)
                                        () -> putIfAbsent(key, "by writer " + writer))
                                .toList())
                        .stream()
                        .map(Future::resultNow)
                        .toList();

                assertThat(won).containsOnlyOnce(true);
                assertThat(text(key)).isEqualTo("by writer " + won.indexOf(true));
            }
        }
    }

    @Test
    void listsInOrderWhatBeginsWithAPrefixFromAnywhereAndInPages() {
        for (var key : List.of("list/a/1", "list/a/2", "list/a/3", "list/a-b/1", "list/b/1")) {
            put(key, key);
        }

        var first = s3.listObjectsV2(list ->
                list.bucket(BUCKET).prefix("list/a/").startAfter("list/a/1").maxKeys(1));
        assertThat(first.contents()).extracting(S3Object::key).containsExactly("list/a/2");
        assertThat(first.isTruncated()).isTrue();
        var second = s3.listObjectsV2(
                list -> list.bucket(BUCKET).prefix("list/a/").continuationToken(first.nextContinuationToken()));
        assertThat(second.contents()).extracting(S3Object::key).containsExactly("list/a/3");
        assertThat(second.isTruncated()).isFalse();
    }

    @Test
    void tellsWhatIsNotThere() {
        put("gone", "soon");
        assertThat(s3.headObject(head -> head.bucket(BUCKET).key("gone")).contentLength())
                .isEqualTo(4);
        s3.deleteObject(delete -> delete.bucket(BUCKET).key("gone"));

        assertThatThrownBy(() -> text("gone")).isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> s3.headObject(head -> head.bucket(BUCKET).key("gone")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(
                        () -> s3.getObject(get -> get.bucket("no-such-bucket").key("gone")))
                .isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void saysWhichPortIsInUse() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> S3InMemory.start(taken.getLocalPort()))
                    .isInstanceOf(LocalFailure.class)
                    .hasMessageContainingAll("Port " + taken.getLocalPort(), "S3");
        }
    }

    @Test
    void givesItsPortBackWhileAClientIsStillThere() {
        var first = S3InMemory.start(Ports.ANY);
        first.make(BUCKET);
        try (var client = LocalClients.s3(first.endpoint())) {
            client.headBucket(head -> head.bucket(BUCKET));
            first.close();

            S3InMemory.start(first.endpoint().getPort()).close();
        }
    }

    private static boolean putIfAbsent(String key, String text) {
        try {
            s3.putObject(put -> put.bucket(BUCKET).key(key).ifNoneMatch("*"), RequestBody.fromString(text));
            return true;
        } catch (S3Exception e) {
            assertThat(e.statusCode()).isEqualTo(412);
            return false;
        }
    }

    private static void put(String key, String text) {
        s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString(text));
    }

    private static String text(String key) {
        return s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asUtf8String();
    }
}
