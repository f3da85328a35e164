package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.GameId;
import dev.berth.model.JobId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.wire.JobJson.Header;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal can be answered as long as the message is an object with a usable game id. */
final class JobHeaderTest {
    @Test
    void tellsWhoIsToBeAnswered() {
        Header header = header("""
                {"game_id": "g", "job_id": "j", "op_source": "gm_rest", "source_ref": "ref", "image_ref": 7}""").orElseThrow();

        assertThat(header.game()).isEqualTo(new GameId("g"));
        assertThat(header.request().job()).isEqualTo(new JobId("j"));
        assertThat(header.request().source()).isEqualTo(OpSource.GM_REST);
        assertThat(header.request().sourceRef()).contains("ref");
        assertThat(header.request().requestedAt()).isEqualTo(Messages.SENT);
        assertThat(header.request().deadline()).isEmpty();
    }

    @Test
    void hasTheContentHashOfTheJobItself() {
        assertThat(header(Messages.START).orElseThrow().request().contentHash())
                .isEqualTo(Messages.read(OpKind.START, Messages.START).request().contentHash());
    }

    @Test
    void putsTheMessageInPlaceOfWhatIsNotUsable() {
        Header header = header("""
                {"game_id": "g", "job_id": "not usable", "op_source": "nobody", "source_ref": 7}""").orElseThrow();

        assertThat(header.request().job()).isEqualTo(new JobId(Messages.MESSAGE_ID));
        assertThat(header.request().source()).isEqualTo(OpSource.LOBBY_STREAM);
        assertThat(header.request().sourceRef()).isEmpty();
    }

    @Test
    void leavesOutASourceRefThatCouldNotBeAnsweredWith() {
        assertThat(header("{\"game_id\":\"g\",\"source_ref\":\"" + "x".repeat(257) + "\"}")
                        .orElseThrow()
                        .request()
                        .sourceRef())
                .isEmpty();
        assertThat(header("{\"game_id\":\"g\",\"source_ref\":\"\\ud800\"}")
                        .orElseThrow()
                        .request()
                        .sourceRef())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"game_id\":\"g\",\"x\":1e999999999}",
                "{\"game_id\":\"g\",\"x\":1e-2147483647}",
                "{\"game_id\":\"g\",\"x\":[[[[[[{}]]]]]]}",
                "{\"game_id\":\"g\",\"\\uffff\":\"\\ud800\\u0000\"}",
            })
    void answersWhateverElseIsInTheObject(String body) {
        assertThat(header(body).orElseThrow().game()).isEqualTo(new GameId("g"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"game_id\":null}",
                "{\"game_id\":7}",
                "{\"game_id\":\"\"}",
                "{\"game_id\":\"Not Usable\"}",
                "{\"game_id\":[\"g\"]}",
                "{\"game_id\":\"g\",\"game_id\":\"g\"}",
                "{\"game_id\":\"g\"} {}",
            })
    void tellsNothingWhereThereIsNoGameToAnswerFor(String body) {
        assertThat(header(body)).isEmpty();
    }

    private static Optional<Header> header(String body) {
        return JobJson.header(OpKind.START, body, Messages.MESSAGE_ID, Messages.SENT);
    }
}
