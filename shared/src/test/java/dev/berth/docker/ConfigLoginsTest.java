package dev.berth.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.model.ErrorCode;
import dev.berth.model.ImageRef;
import dev.berth.model.OperationFailed;
import dev.berth.port.RegistryLogins.Login;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigLoginsTest {
    private static ConfigLogins logins(String text) {
        return new ConfigLogins(() -> Optional.of(text));
    }

    private static String auth(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String entry(String registry, String pair) {
        return "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}, \"credsStore\": \"\"}".formatted(registry, auth(pair));
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example:5000, registry.example:5000",
        "https://registry.example:5000, registry.example:5000",
        "https://registry.example/v2/, registry.example",
        "Registry.Example, registry.example",
        "https://index.docker.io/v1/, docker.io",
        "index.docker.io, docker.io",
        "registry-1.docker.io, docker.io",
        "docker.io, docker.io",
    })
    void aLoginIsFoundHoweverItsRegistryIsWritten(String written, String registry) {
        assertThat(logins(entry(written, "user:pass")).find(registry)).contains(new Login("user", "pass"));
    }

    @ParameterizedTest
    @CsvSource({"registry.example, registry.example:5000", "registry.example:5000, registry.example", "a.b, docker.io"})
    void theLoginOfAnotherRegistryIsNotUsed(String written, String registry) {
        assertThat(logins(entry(written, "user:pass")).find(registry)).isEmpty();
    }

    @Test
    void aPasswordMayHaveColonsAndBeEmpty() {
        assertThat(logins(entry("r", "user:a:b:")).find("r")).contains(new Login("user", "a:b:"));
        assertThat(logins(entry("r", "user:")).find("r")).contains(new Login("user", ""));
    }

    @Test
    void userAndPasswordMayStandInClear() {
        assertThat(logins("{\"auths\": {\"r:1\": {\"username\": \"u\", \"password\": \"p\"}}}")
                        .find("r:1"))
                .contains(new Login("u", "p"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"auths\": {}}", "{\"auths\": {\"r\": {}}}", "{\"credHelpers\": {\"r\": \"x\"}}"})
    void whereThereIsNoLoginNoneIsFound(String text) {
        assertThat(logins(text).find("r")).isEmpty();
    }

    @Test
    void withoutATextThereAreNoLogins() {
        assertThat(new ConfigLogins(Optional::empty).find("r")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "",
                "[\"hunter2\"]",
                "{\"auths\": {\"r\": {\"auth\": \"hunter2!\"}}}",
                "{\"auths\": {\"r\": {\"auth\": \"aHVudGVyMg==\"}}}",
                "{\"auths\": {\"r\": {\"auth\": \"OmEy\"}}}",
                "{\"auths\": {\"r\": {\"auth\": \"hunter2"
            })
    void aTextOfAnotherFormIsAnErrorThatQuotesNothing(String text) {
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> logins(text).find("r"))
                .withMessageNotContaining("hunter2")
                .withNoCause()
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.INTERNAL));
    }

    @ParameterizedTest
    @CsvSource({
        "redis, docker.io",
        "games/arena:1.0.0, docker.io",
        "localhost/arena, localhost",
        "registry.example:5000/games/arena@sha256:0000000000000000000000000000000000000000000000000000000000000000,"
                + " registry.example:5000"
    })
    void aReferenceTellsItsRegistry(String ref, String registry) {
        assertThat(ConfigLogins.registry(new ImageRef(ref))).isEqualTo(registry);
    }

    @Test
    void aLoginDoesNotShowItsPassword() {
        assertThat(new Login("user", "hunter2").toString()).doesNotContain("hunter2");
    }
}
