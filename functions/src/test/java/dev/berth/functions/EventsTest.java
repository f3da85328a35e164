package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.aws.Template;
import dev.berth.model.Job;
import dev.berth.model.OpKind;
import dev.berth.model.PatchJob;
import dev.berth.model.StartJob;
import dev.berth.wire.JobJson;
import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that {@code sam local invoke --event} takes are events as AWS sends them, with jobs as we read them. */
final class EventsTest {
    private static final Path EVENTS = LocalBerth.ROOT.resolve("events");

    private static final Set<String> WITHOUT_MESSAGES = Set.of("sweep.json", "archive.json", "env.json");

    /** Those with messages of queues. */
    static Stream<Path> messages() throws IOException {
        try (Stream<Path> files = Files.list(EVENTS)) {
            return files
                    .filter(file ->
                            !WITHOUT_MESSAGES.contains(file.getFileName().toString()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** Those with jobs on games. */
    static Stream<Path> events() throws IOException {
        return messages().filter(file -> !file.endsWith("reconcile.json"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyMessageIsAValidJobOfItsQueue(Path file) {
        SQSEvent event = EventLoader.loadSQSEvent(file.toString());
        String word = file.getFileName().toString().replace(".json", "");

        assertThat(event.getRecords()).isNotEmpty().allSatisfy(message -> {
            assertThat(message.getEventSourceArn()).endsWith(":berth-" + word + "-jobs");
            assertThat(read(message, word).game().value()).isNotEmpty();
        });
    }

    @Test
    void theReconcileIsAValidJobOnAHost() {
        SQSEvent event =
                EventLoader.loadSQSEvent(EVENTS.resolve("reconcile.json").toString());

        assertThat(event.getRecords()).singleElement().satisfies(message -> {
            assertThat(message.getEventSourceArn()).endsWith(":berth-reconcile-jobs");
            assertThat(JobJson.readReconcile(message.getBody(), message.getMessageId(), sentAt(message))
                            .host())
                    .isEqualTo(LocalBerth.HOST);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"sweep", "archive"})
    void whatAScheduleSendsIsInTheTemplate(String name) throws IOException {
        ObjectNode event = Json.parse(Files.readString(EVENTS.resolve(name + ".json")));
        Template template = Template.read(LocalBerth.ROOT.resolve("template.yaml"), "berth");

        assertThat(template.functions(id -> id).stream().flatMap(function -> function.schedules().stream()))
                .extracting(schedule -> Json.parse(schedule.input()))
                .contains(event);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageHasWhatSqsAddsToIt(Path file) {
        SQSEvent event = EventLoader.loadSQSEvent(file.toString());

        assertThat(event.getRecords()).allSatisfy(message -> {
            assertThat(message.getMessageId()).hasSize(36);
            assertThat(message.getReceiptHandle()).isNotEmpty();
            assertThat(message.getEventSource()).isEqualTo("aws:sqs");
            assertThat(message.getAwsRegion()).isNotEmpty();
            assertThat(message.getAttributes()).containsEntry("ApproximateReceiveCount", "1");
            assertThat(sentAt(message)).isBefore(Instant.now());
            assertThat(message.getMd5OfBody()).isEqualTo(md5(message.getBody()));
        });
    }

    @Test
    void theStartPublishesAPortOfTheDemoGame() {
        StartJob start = (StartJob) only("start");

        assertThat(start.image()).hasToString("berth-demo/game:1.0.0");
        assertThat(start.spec().orElseThrow().ports()).isNotEmpty();
    }

    @Test
    void thePatchIsOneOfTheStartedImage() {
        StartJob start = (StartJob) only("start");
        PatchJob patch = (PatchJob) only("patch");

        assertThat(patch.game()).isEqualTo(start.game());
        assertThat(patch.image().repository()).isEqualTo(start.image().repository());
        assertThat(patch.image()).isNotEqualTo(start.image());
    }

    @Test
    void theEventsTellTheLifeOfOneGame() throws IOException {
        assertThat(events().map(file -> only(file.getFileName().toString().replace(".json", "")))
                        .map(Job::game)
                        .distinct())
                .hasSize(1);
    }

    /** The job of a file of one message. */
    private static Job only(String word) {
        SQSEvent event = EventLoader.loadSQSEvent(EVENTS.resolve(word + ".json").toString());
        return read(event.getRecords().getFirst(), word);
    }

    private static Job read(SQSMessage message, String word) {
        return JobJson.read(kind(word), message.getBody(), message.getMessageId(), sentAt(message));
    }

    private static OpKind kind(String word) {
        return Stream.of(OpKind.values())
                .filter(kind -> kind.wire().equals(word) || kind.wire().startsWith(word + "_"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation is called " + word));
    }

    private static Instant sentAt(SQSMessage message) {
        return Instant.ofEpochMilli(Long.parseLong(message.getAttributes().get("SentTimestamp")));
    }

    private static String md5(String body) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
    }
}
