package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretRefTest {
    @ParameterizedTest
    @CsvSource({
        "{{secret:db}}                   , db               ,",
        "{{secret:db#password}}          , db               , password",
        "{{secret:prod/db_1+=.@-Z}}      , prod/db_1+=.@-Z  ,",
        "{{secret:a#b/c}}                , a                , b/c",
    })
    void isReadFromTheWholeValue(String value, String name, String key) {
        assertThat(SecretRef.of(value)).contains(new SecretRef(name, Optional.ofNullable(key)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "{secret:db}",
                "{{ secret:db}}",
                "{{SECRET:db}}",
                " {{secret:db}}",
                "x{{secret:db}}",
                "{{other:db}}",
                "{{secret}}",
                "$secret"
            })
    void isNotSeenInOtherValues(String value) {
        assertThat(SecretRef.of(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{secret:",
                "{{secret:}}",
                "{{secret:db",
                "{{secret:db}",
                "{{secret:db}} ",
                "{{secret:db}}\n",
                "{{secret:db}}{{secret:db}}",
                "{{secret: db}}",
                "{{secret:d b}}",
                "{{secret:db#}}",
                "{{secret:#key}}",
                "{{secret:db#key#key}}",
                "{{secret:db:1}}",
                "{{secret:arn:aws:secretsmanager:eu-west-1:1:secret:db}}",
                "{{secret:d\u00e4b}}",
                "{{secret:db\\}}",
                "{{secret:{{secret:db}}}}",
            })
    void mustBeOneWhereItBeginsLikeOne(String value) {
        assertThatThrownBy(() -> SecretRef.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be {{secret:NAME}} or {{secret:NAME#KEY}} as a whole");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 512})
    void mayHaveANameOfThatManyCharacters(int length) {
        assertThat(SecretRef.of("{{secret:" + "n".repeat(length) + "}}")).isPresent();
        assertThatThrownBy(() -> SecretRef.of("{{secret:" + "n".repeat(513 * length) + "}}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
