package dev.berth.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    @Test
    void readsOneObject() {
        assertThat(Json.parse(" {\"a\": 1}\r\n\t").path("a").intValue()).isEqualTo(1);
        assertThat(Json.parse("{}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "[{}]", "1", "\"{}\"", "true"})
    void refusesWhatIsNoObject(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOfSatisfying(OperationFailed.class, JsonTest::isInvalidRequest)
                .hasMessage("the message is not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1} {}",
                "{} x",
                "{}{}",
                "{\"a\":1,\"a\":2}",
                "{\"b\":{\"a\":1,\"a\":1}}",
                "{\"a\":1,\"\\u0061\":2}",
                "\uFEFF{}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":+1}",
                "{\"a\":01}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":0x1}",
                "{\"a\":tru}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"b}",
                "{/* */}",
                "{} // end",
                "# {}",
                "not json",
                "<xml/>",
            })
    void refusesWhatIsNotStrictlyJson(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOfSatisfying(OperationFailed.class, JsonTest::isInvalidRequest)
                .hasMessageStartingWith("the message is not JSON: ");
    }

    @Test
    void refusesMoreThanSixteenLevels() {
        assertThat(Json.parse(nested(16))).hasSize(1);
        assertThatThrownBy(() -> Json.parse(nested(17)))
                .isInstanceOfSatisfying(OperationFailed.class, JsonTest::isInvalidRequest);
        assertThatThrownBy(() -> Json.parse("{\"a\":" + "[".repeat(100_000)))
                .isInstanceOfSatisfying(OperationFailed.class, JsonTest::isInvalidRequest);
    }

    @Test
    void measuresAMessageInBytesOfUtf8() {
        String frame = "{\"a\":\"\"}";
        int room = Json.MAX_BYTES - frame.length();

        assertThat(Json.parse(filled("x".repeat(room)))).hasSize(1);
        assertThat(filled("€".repeat(room / 3)).getBytes(UTF_8)).hasSizeLessThanOrEqualTo(Json.MAX_BYTES);
        assertThat(Json.parse(filled("€".repeat(room / 3)))).hasSize(1);
        assertTooLarge(filled("x".repeat(room + 1)));
        assertTooLarge(filled("€".repeat(room / 3 + 1)));
        assertTooLarge("x".repeat(10 * Json.MAX_BYTES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e99999999999", "1e-99999999999", "123456789012345678901234567890123"})
    void refusesNumbersThatAreTooLong(String number) {
        assertThatThrownBy(() -> Json.parse("{\"a\":" + number + "}"))
                .isInstanceOfSatisfying(OperationFailed.class, JsonTest::isInvalidRequest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                   | {}",
                "{ \"b\" : 1 , \"a\" : [ 1 , {} ] }   | {\"a\":[1,{}],\"b\":1}",
                "{\"b\":{\"d\":1,\"c\":2},\"a\":true} | {\"a\":true,\"b\":{\"c\":2,\"d\":1}}",
                "{\"a\":null,\"b\":[null]}            | {\"b\":[null]}",
                "{\"a\":1.0,\"b\":1e2,\"c\":0.50}     | {\"a\":1,\"b\":100,\"c\":0.5}",
                "{\"a\":0.0,\"b\":-0,\"c\":0e9}       | {\"a\":0,\"b\":0,\"c\":0}",
                "{\"a\":12345678901234567890}         | {\"a\":12345678901234567890}",
                "{\"a\":\"1.0\"}                      | {\"a\":\"1.0\"}",
                "{\"a\":\"\\u0061\\/\\n\\u00e4\"}     | {\"a\":\"a/\\nä\"}",
                "{\"B\":1,\"a\":2,\"_\":3,\"A\":4}    | {\"A\":4,\"B\":1,\"_\":3,\"a\":2}",
            })
    void hasOneCanonicalFormForEqualValues(String text, String canonical) {
        assertThat(Json.canonical(Json.parse(text))).isEqualTo(canonical);
        assertThat(Json.canonical(Json.parse(canonical))).isEqualTo(canonical);
    }

    /** What was hashed once must stay what it was. */
    @Test
    void escapesEveryCharacterAsJacksonDoes() {
        for (char any = 0; any < Character.MAX_VALUE; any++) {
            String text = any + "x" + any;

            assertThat(Json.canonical(Json.object().put(text, text)))
                    .isEqualTo(Json.write(Json.object().put(text, text)));
        }
    }

    @Test
    void doesNotWriteOutNumbersThatFillAllMemory() {
        for (String number : new String[] {"1e999999999", "1e-999999999", "1e2147483647", "1e-2147483647"}) {
            ObjectNode json = Json.parse("{\"a\":" + number + "}");

            assertThat(Json.canonical(json)).hasSizeLessThan(64);
        }
    }

    @Test
    void keepsTheOrderInWhichFieldsWereSetWhenItWrites() {
        assertThat(Json.write(Json.object().put("b", 1).put("a", "x"))).isEqualTo("{\"b\":1,\"a\":\"x\"}");
    }

    private static void assertTooLarge(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOfSatisfying(OperationFailed.class, JsonTest::isInvalidRequest)
                .hasMessage("the message is larger than 256 KiB");
    }

    private static String filled(String text) {
        return "{\"a\":\"" + text + "\"}";
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    private static void isInvalidRequest(OperationFailed failed) {
        assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }
}
