package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.JobResult;
import dev.berth.model.OperationEntry;
import dev.berth.model.Request;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever is written is read back as the same value, and says the same when it is written again. */
final class RoundTripTest {
    private static final int VALUES = 500;

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
    void resultsHaveEveryFieldOfTheContractEvenWithoutAValue() {
        forEachSample(samples -> assertThat(names(ResultJson.write(samples.result())))
                .containsExactly(
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
                        "finished_at"));
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
