package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.ErrorCode;
import dev.berth.model.HostId;
import dev.berth.model.JobId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.OperationFailed;
import dev.berth.model.ReconcileJob;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs on hosts: what they say, how they are refused, and what a refused one still tells. */
final class ReconcileJsonTest {
    private static final String ALL = """
            {
              "host_id": "host-1.example",
              "job_id": "job-6",
              "op_source": "auto_reconcile",
              "source_ref": "ticket 12",
              "requested_at": "2026-01-31T11:59:00Z",
              "deadline": "2026-01-31T12:30:00Z"
            }
            """;

    @Test
    void readsEverythingThatAReconcileCanSay() {
        ReconcileJob job = read(ALL);

        assertThat(job.host()).isEqualTo(new HostId("host-1.example"));
        assertThat(job.request().job()).isEqualTo(new JobId("job-6"));
        assertThat(job.request().source()).isEqualTo(OpSource.AUTO_RECONCILE);
        assertThat(job.request().sourceRef()).contains("ticket 12");
        assertThat(job.request().requestedAt()).isEqualTo(Instant.parse("2026-01-31T11:59:00Z"));
        assertThat(job.request().deadline()).contains(Instant.parse("2026-01-31T12:30:00Z"));
    }

    @Test
    void takesWhatIsNotSaidFromTheMessageAndTheContract() {
        ReconcileJob job = read("{\"host_id\":\"h\",\"job_id\":null}");

        assertThat(job.request().job()).isEqualTo(new JobId(Messages.MESSAGE_ID));
        assertThat(job.request().source()).isEqualTo(OpSource.LOBBY_STREAM);
        assertThat(job.request().sourceRef()).isEmpty();
        assertThat(job.request().requestedAt()).isEqualTo(Messages.SENT);
        assertThat(job.request().deadline()).isEmpty();
    }

    @Test
    void tellsItsContentFromThatOfOthers() {
        String hash = read(ALL).request().contentHash();

        assertThat(read(Json.write(Json.parse(ALL))).request().contentHash()).isEqualTo(hash);
        assertThat(read(ALL.replace("host-1", "host-2")).request().contentHash())
                .isNotEqualTo(hash);
        assertThat(JobJson.header(
                                OpKind.STOP,
                                ALL.replace("{", "{\"game_id\":\"g\","),
                                Messages.MESSAGE_ID,
                                Messages.SENT)
                        .orElseThrow()
                        .request()
                        .contentHash())
                .isNotEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host_id      | null       | host_id is required",
                "host_id      | 7          | host_id must be a text",
                "host_id      | \"Host 1\" | host_id must match [a-z0-9][a-z0-9.-]{0,62}",
                "job_id       | \"a b\"    | job_id must be 1 to 128 of A-Z a-z 0-9 . _ : -",
                "op_source    | \"me\"     | op_source must be one of lobby_stream, gm_rest, admin_rest, auto_ttl, auto_reconcile",
                "requested_at | \"now\"    | requested_at must be an ISO-8601 instant such as 2026-01-31T12:00:00Z",
                "deadline     | 7          | deadline must be a text",
                "game_id      | \"g\"      | game_id is not a known field",
                "grace_seconds| 1          | grace_seconds is not a known field",
                "extra        | null       | extra is not a known field",
            })
    void namesTheFieldThatIsWrong(String field, String value, String why) {
        JsonNode wrong = Messages.value(value);
        ObjectNode message = Json.parse(ALL).set(field, wrong);

        assertThatThrownBy(() -> read(Json.write(message)))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessage(why);
    }

    @Test
    void tellsOfARefusedOneWhoIsToBeAnswered() {
        ReconcileJob told = header("""
                {"host_id": "h", "job_id": "j", "op_source": "gm_rest", "source_ref": "ref", "deadline": 7}""").orElseThrow();

        assertThat(told.host()).isEqualTo(new HostId("h"));
        assertThat(told.request().job()).isEqualTo(new JobId("j"));
        assertThat(told.request().source()).isEqualTo(OpSource.GM_REST);
        assertThat(told.request().sourceRef()).contains("ref");
        assertThat(told.request().requestedAt()).isEqualTo(Messages.SENT);
        assertThat(header("{\"host_id\":\"h\",\"job_id\":\"not usable\"}")
                        .orElseThrow()
                        .request()
                        .job())
                .isEqualTo(new JobId(Messages.MESSAGE_ID));
        assertThat(header(ALL).orElseThrow().request().contentHash())
                .isEqualTo(read(ALL).request().contentHash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"host_id\":null}",
                "{\"host_id\":7}",
                "{\"host_id\":\"Not Usable\"}",
                "{\"game_id\":\"g\"}",
                "{\"host_id\":\"h\",\"host_id\":\"h\"}",
            })
    void tellsNothingWhereThereIsNoHostToAnswerFor(String body) {
        assertThat(header(body)).isEmpty();
        assertThatThrownBy(() -> read(body)).isInstanceOf(OperationFailed.class);
    }

    private static ReconcileJob read(String body) {
        return JobJson.readReconcile(body, Messages.MESSAGE_ID, Messages.SENT);
    }

    private static Optional<ReconcileJob> header(String body) {
        return JobJson.reconcileHeader(body, Messages.MESSAGE_ID, Messages.SENT);
    }
}
