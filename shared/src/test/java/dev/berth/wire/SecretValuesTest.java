package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.SecretRef;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretValuesTest {
    private static final SecretRef WHOLE = new SecretRef("db", Optional.empty());
    private static final SecretRef FIELD = new SecretRef("db", Optional.of("password"));

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "{\"password\":\"x\"}", "{not json", " with space\n"})
    void withoutAKeyTheSecretIsTheValueWhateverItLooksLike(String secret) {
        assertThat(SecretValues.find(WHOLE, secret)).contains(secret);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"password\":\"x\"}                    | x",
                "{\"user\":\"u\",\"password\":\"p\\u00e9\"} | p\u00e9",
                "{\"password\":\"\"}                     | ''",
                "{\"password\":5432}                     | 5432",
                "{\"password\":true}                     | true",
                "{\"password\":\"{{secret:db}}\"}        | {{secret:db}}",
            })
    void withAKeyItsFieldIsTheValue(String secret, String value) {
        assertThat(SecretValues.find(FIELD, secret)).contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "null",
                "[]",
                "\"password\"",
                "{",
                "{}",
                "{\"Password\":\"x\"}",
                "{\"password\":null}",
                "{\"password\":{}}",
                "{\"password\":[\"x\"]}",
                "{\"password\":\"x\"} {}",
                "{\"password\":\"a\\u0000b\"}",
            })
    void thereIsNoValueWhereThereIsNoSuchField(String secret) {
        assertThat(SecretValues.find(FIELD, secret)).isEmpty();
    }

    @Test
    void aSecretThatNoEngineCarriesIsNoValue() {
        assertThat(SecretValues.find(WHOLE, "a\u0000b")).isEmpty();
    }
}
