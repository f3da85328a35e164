package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationEntry;
import dev.berth.model.OperationFailed;
import dev.berth.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EntryJsonTest {
    private static final String FAILURE = """
            {"game_id": "match-42", "seq": 2, "op_id": "op-0123456789ab", "job_id": "job-2", "op_kind": "stop",
             "op_source": "auto_ttl", "source_ref": "größe \\"1\\"", "host_id": "host-1",
             "image_ref": "berth-demo/game:1.0.0", "image_digest": "sha256:aa", "container_id": "c0ffee", "fence": 7,
             "outcome": "failure", "effect": "changed", "error_code": "stop_failed", "error_message": "still running",
             "started_at": "2026-01-31T12:00:00.000Z", "finished_at": "2026-01-31T12:00:01.500Z",
             "change": {"status": "running", "desired": "stopped"},
             "prev_hash": "0000000000000000000000000000000000000000000000000000000000000000"}""";

    /** As the contract says it: every field but the hashes, sorted, without white space. */
    private static final String CANONICAL = "{\"change\":{\"desired\":\"stopped\",\"status\":\"running\"},"
            + "\"container_id\":\"c0ffee\",\"effect\":\"changed\",\"error_code\":\"stop_failed\","
            + "\"error_message\":\"still running\",\"fence\":7,\"finished_at\":\"2026-01-31T12:00:01.500Z\","
            + "\"game_id\":\"match-42\",\"host_id\":\"host-1\",\"image_digest\":\"sha256:aa\","
            + "\"image_ref\":\"berth-demo/game:1.0.0\",\"job_id\":\"job-2\",\"op_id\":\"op-0123456789ab\","
            + "\"op_kind\":\"stop\",\"op_source\":\"auto_ttl\",\"outcome\":\"failure\",\"seq\":2,"
            + "\"source_ref\":\"größe \\\"1\\\"\",\"started_at\":\"2026-01-31T12:00:00.000Z\"}";

    @Test
    void hashesThePreviousHashALineEndAndTheCanonicalForm() {
        OperationEntry entry = EntryJson.read(Json.parse(FAILURE));

        assertThat(EntryJson.hash(entry)).isEqualTo(Sha256.hex("0".repeat(64) + "\n" + CANONICAL));
        // Computed by another program; a log that is kept must still verify in years.
        assertThat(EntryJson.hash(entry)).isEqualTo("0485480d147c9be25d87886027437ade5b88bbc807962e62980fb50a66180e20");
    }

    @Test
    void itsSizeIsThatOfALineOfTheArchive() {
        OperationEntry entry = EntryJson.read(Json.parse(FAILURE));

        assertThat(EntryJson.size(entry))
                .isEqualTo(EntryJson.logged(entry).line().getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void hashesTheSameWhateverTheOrderOfFieldsAndTheFormOfNumbers() {
        ObjectNode original = Json.parse(FAILURE);
        String hash = EntryJson.hash(EntryJson.read(original));
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(original.properties());
            Collections.shuffle(fields, random);
            ObjectNode shuffled = Json.object();
            fields.forEach(field -> shuffled.set(field.getKey(), field.getValue()));

            assertThat(EntryJson.hash(EntryJson.read(shuffled))).isEqualTo(hash);
        }
        assertThat(EntryJson.hash(EntryJson.read(Json.parse(FAILURE.replace("12:00:00.000Z", "13:00:00+01:00")))))
                .isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "game_id, match-43",
        "op_id, op-0123456789ac",
        "job_id, job-3",
        "op_kind, restart",
        "op_source, gm_rest",
        "source_ref, größe",
        "host_id, host-2",
        "image_ref, berth-demo/game:1.0.1",
        "image_digest, sha256:ab",
        "container_id, c0ffef",
        "effect, noop",
        "error_code, internal",
        "error_message, still running!",
        "started_at, 2026-01-31T12:00:00.001Z",
        "finished_at, 2026-01-31T12:00:01.501Z",
        "prev_hash, 1000000000000000000000000000000000000000000000000000000000000000",
    })
    void hashesDifferentlyWhenAnyFieldChanges(String field, String other) {
        assertHashChanges(Json.parse(FAILURE).put(field, other));
    }

    @Test
    void hashesDifferentlyWhenANumberOrTheChangeChanges() {
        assertHashChanges(Json.parse(FAILURE).put("seq", 3));
        assertHashChanges(Json.parse(FAILURE).put("fence", 8));
        ObjectNode change = Json.parse(FAILURE);
        change.withObject("/change").put("stop_reason", "idle");
        assertHashChanges(change);
        assertHashChanges(without("change"));
        assertHashChanges(without("source_ref"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "game_id     |                      | game_id must match [a-z0-9][a-z0-9-]{0,62}",
                "op_kind     | explode              | op_kind must be one of start, stop, restart, patch, cleanup_container, reconcile_adopt, reconcile_dispose",
                "op_source   | nobody               | op_source must be one of lobby_stream, gm_rest, admin_rest, auto_ttl, auto_reconcile",
                "outcome     | maybe                | outcome must be one of success, failure",
                "effect      | none                 | effect must be one of changed, noop, replayed, resumed, rolled_back, observed",
                "error_code  | oops                 | error_code must be one of invalid_request, deadline_exceeded, superseded, idempotency_mismatch, not_found, conflict, lease_held, lease_lost, semver_patch_only, image_ref_not_semver, image_not_allowed, image_not_found, image_denied, image_pull_failed, no_capacity, port_in_use, host_unreachable, docker_error, tls_failed, host_disk_full, name_conflict, container_start_failed, container_unhealthy, execution_stopped, stop_failed, store_unavailable, log_corrupt, internal",
                "started_at  | yesterday            | started_at must be an ISO-8601 instant such as 2026-01-31T12:00:00Z",
                "finished_at | 2026-01-31T11:59:59Z | finished_at must not be before started_at",
                "outcome     | success              | error_code must be absent for a success",
                "op_id       | op-1                 | op_id must match op-[0-9a-f]{12}",
                "seq         | 2                    | seq must be a whole number",
            })
    void saysWhatIsWrongWithAnEntry(String field, String value, String why) {
        assertRefused(Json.parse(FAILURE).put(field, value == null ? "" : value), why);
    }

    @ParameterizedTest
    @CsvSource({
        "game_id",
        "seq",
        "op_id",
        "job_id",
        "op_kind",
        "op_source",
        "fence",
        "outcome",
        "effect",
        "started_at",
        "finished_at",
        "prev_hash"
    })
    void saysWhichFieldIsMissing(String field) {
        assertRefused(without(field), field + " is required");
        ObjectNode json = Json.parse(FAILURE);
        assertRefused(json.putNull(field), field + " is required");
    }

    @Test
    void refusesAFailureWithoutACode() {
        assertRefused(without("error_code"), "error_code is required for a failure");
    }

    @Test
    void refusesNumbersOutOfBoundsAndFieldsThatAreNotKnown() {
        assertRefused(Json.parse(FAILURE).put("seq", 0), "seq must be 1 to 9223372036854775807");
        assertRefused(Json.parse(FAILURE).put("fence", -1), "fence must be 0 to 9223372036854775807");
        assertRefused(Json.parse(FAILURE).put("extra", 1), "extra is not a known field");
        ObjectNode change = Json.parse(FAILURE);
        change.withObject("/change").put("extra", 1);
        assertRefused(change, "change.extra is not a known field");
        change.withObject("/change").remove(List.of("extra", "status"));
        assertRefused(change, "change must have a status");
    }

    private static ObjectNode without(String field) {
        ObjectNode json = Json.parse(FAILURE);
        json.remove(field);
        return json;
    }

    private static void assertHashChanges(ObjectNode changed) {
        assertThat(EntryJson.hash(EntryJson.read(changed)))
                .isNotEqualTo(EntryJson.hash(EntryJson.read(Json.parse(FAILURE))));
    }

    private static void assertRefused(ObjectNode json, String why) {
        assertThatThrownBy(() -> EntryJson.read(json))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessage(why);
    }
}
