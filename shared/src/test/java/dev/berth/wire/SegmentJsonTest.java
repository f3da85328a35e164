package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.OperationFailed;
import dev.berth.model.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SegmentJsonTest {
    private static final String MANIFEST = """
            {"game_id": "match-42", "first_seq": 501, "last_seq": 1000, "prev_hash": "%s", "last_hash": "%s",
             "bytes": 321000, "sha256": "%s",
             "state": {"status": "running", "desired": "stopped", "host_id": "host-1", "reserved_milli_vcpu": 250,
                       "reserved_memory": 67108864},
             "unknown": 3}""".formatted("a".repeat(64), "b".repeat(64), "0123456789abcdef".repeat(4));

    @Test
    void everyFieldIsReadBackAsItWasWritten() {
        Segment segment = SegmentJson.read(Json.parse(MANIFEST));

        assertThat(Json.canonical(SegmentJson.write(segment))).isEqualTo(Json.canonical(Json.parse(MANIFEST)));
        assertThat(segment.game().value()).isEqualTo("match-42");
        assertThat(List.of(segment.firstSeq(), segment.lastSeq(), segment.bytes(), segment.unknown()))
                .containsExactly(501L, 1000L, 321_000L, 3L);
        assertThat(segment.prevHash()).startsWith("a");
        assertThat(segment.lastHash()).startsWith("b");
        assertThat(segment.sha256()).startsWith("0123");
        assertThat(segment.state()).isPresent();
    }

    @Test
    void theStateAloneMayBeAbsent() {
        ObjectNode whole = Json.parse(MANIFEST);

        for (String name : List.copyOf(
                whole.properties().stream().map(java.util.Map.Entry::getKey).toList())) {
            ObjectNode without = whole.deepCopy();
            without.remove(name);
            if (name.equals("state")) {
                assertThat(SegmentJson.read(without).state()).isEmpty();
            } else {
                assertThatExceptionOfType(OperationFailed.class)
                        .isThrownBy(() -> SegmentJson.read(without))
                        .withMessage(name + " is required");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "game_id    | \"UPPER\"        | game_id must",
                "first_seq  | 0                | first_seq must be",
                "first_seq  | 500              | last_seq must be less than 500 after first_seq",
                "first_seq  | 1001             | last_seq not before it",
                "last_seq   | 1000.5           | last_seq must be a whole number",
                "prev_hash  | \"AA\"           | prev_hash must be 64 hex digits",
                "last_hash  | 7                | last_hash must be a text",
                "sha256     | \"x\"            | sha256 must be 64 hex digits",
                "bytes      | -1               | bytes must be",
                "bytes      | 67108865         | bytes must be",
                "unknown    | -1               | unknown must be",
                "state      | {}               | state must have a status",
                "state      | {\"a\": 1}       | state must have a status",
                "version    | 2                | version is not a known field",
            })
    void anythingElseIsRefusedByName(String name, String value, String text) {
        ObjectNode json = Json.parse(MANIFEST);
        json.set(name, Json.parse("{\"value\": " + value + "}").get("value"));

        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> SegmentJson.read(json))
                .withMessageContaining(text);
    }
}
