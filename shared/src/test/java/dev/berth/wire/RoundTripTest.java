package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.HostResult;
import dev.berth.model.Job;
import dev.berth.model.JobResult;
import dev.berth.model.OpKind;
import dev.berth.model.OperationEntry;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever is written is read back as the same value, and says the same when it is written again. */
final class RoundTripTest {
    private static final int VALUES = 500;
    private static final Instant LATER = Instant.parse("9999-01-01T00:00:00Z");
    private static final List<String> RESULT = List.of(
            "job_id",
            "op_id",
            "game_id",
            "op_kind",
            "op_source",
            "source_ref",
            "outcome",
            "effect",
            "error_code",
            "error_message",
            "host_id",
            "container_id",
            "image_ref",
            "image_digest",
            "endpoint",
            "seq",
            "started_at",
            "finished_at");

    @Test
    void entries() {
        forEachSample(samples -> {
            OperationEntry entry = samples.entry();
            OperationEntry back = EntryJson.read(travelled(EntryJson.write(entry)));

            assertThat(back).isEqualTo(entry);
            assertThat(EntryJson.hash(back)).isEqualTo(EntryJson.hash(entry));
        });
    }

    @Test
    void entriesAsTheyAreKeptBesideTheirHash() {
        forEachSample(samples -> {
            OperationEntry entry = samples.entry();
            ObjectNode kept = EntryJson.write(entry).put("hash", EntryJson.hash(entry));

            assertThat(EntryJson.read(travelled(kept))).isEqualTo(entry);
        });
    }

    @Test
    void records() {
        forEachSample(samples -> {
            RuntimeRecord record = samples.record();
            ObjectNode json = travelled(RecordJson.write(record));
            Fields fields = Fields.of(json);

            assertThat(RecordJson.find(fields)).contains(record);
            fields.end();
            assertThat(RecordJson.FIELDS).containsAll(names(json));
        });
    }

    @Test
    void recordsThatAreNotThere() {
        assertThat(RecordJson.find(Fields.of(Json.object()))).isEmpty();
    }

    @Test
    void results() {
        forEachSample(samples -> {
            JobResult result = samples.result();

            assertThat(ResultJson.read(travelled(ResultJson.write(result)))).isEqualTo(result);
        });
    }

    @Test
    void resultsOfHosts() {
        forEachSample(samples -> {
            HostResult result = samples.hostResult();

            assertThat(ResultJson.readHost(travelled(ResultJson.write(result)))).isEqualTo(result);
        });
    }

    @Test
    void resultsOfGamesAreNotTakenForThoseOfHosts() {
        ObjectNode result = ResultJson.write(new Samples(1).hostResult());

        assertThatThrownBy(() -> ResultJson.readHost(result.deepCopy().put("game_id", "g")))
                .hasMessage("game_id is not a known field");
        assertThatThrownBy(() -> ResultJson.readHost(result.deepCopy().putNull("extra")))
                .hasMessage("extra is not a known field");
    }

    @Test
    void resultsHaveEveryFieldOfTheContractEvenWithoutAValue() {
        forEachSample(samples -> {
            assertThat(names(ResultJson.write(samples.result()))).isEqualTo(RESULT);
            assertThat(names(ResultJson.write(samples.hostResult()))).isEqualTo(RESULT);
        });
    }

    @Test
    void messagesOfTheJobsThatWeSend() {
        forEachSample(samples -> {
            Job sent = samples.sentJob();
            Job back = read(sent.kind(), JobMessages.write(sent));

            assertThat(back)
                    .usingRecursiveComparison()
                    .ignoringFields("request.contentHash")
                    .isEqualTo(sent);
            assertThat(read(back.kind(), JobMessages.write(back))).isEqualTo(back);
        });
    }

    @Test
    void messagesOfReconcileJobs() {
        forEachSample(samples -> {
            ReconcileJob sent = samples.reconcileJob();
            ReconcileJob back = readReconcile(JobMessages.write(sent));

            assertThat(back)
                    .usingRecursiveComparison()
                    .ignoringFields("request.contentHash")
                    .isEqualTo(sent);
            assertThat(readReconcile(JobMessages.write(back))).isEqualTo(back);
        });
    }

    @Test
    void specsAndTheirHash() {
        forEachSample(samples -> {
            RuntimeSpec spec = samples.spec();
            Fields fields = Fields.of(travelled(SpecJson.write(spec)));
            RuntimeSpec back = SpecJson.read(fields);

            fields.end();
            assertThat(back).isEqualTo(spec);
            assertThat(SpecJson.hash(back)).isEqualTo(SpecJson.hash(spec));
        });
    }

    @Test
    void requests() {
        forEachSample(samples -> {
            Request request = samples.request();
            Fields fields = Fields.of(travelled(JobJson.write(request)));

            assertThat(JobJson.readRequest(fields)).isEqualTo(request);
            fields.end();
        });
    }

    private static Job read(OpKind kind, ObjectNode message) {
        return JobJson.read(kind, Json.write(message), Messages.MESSAGE_ID, LATER);
    }

    private static ReconcileJob readReconcile(ObjectNode message) {
        return JobJson.readReconcile(Json.write(message), Messages.MESSAGE_ID, LATER);
    }

    private static void forEachSample(Consumer<Samples> property) {
        for (int seed = 0; seed < VALUES; seed++) {
            try {
                property.accept(new Samples(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static ObjectNode travelled(ObjectNode json) {
        return Json.parse(Json.write(json));
    }

    private static List<String> names(ObjectNode json) {
        return json.properties().stream().map(java.util.Map.Entry::getKey).toList();
    }
}
