package dev.berth.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsFileTest {
    @TempDir
    Path directory;

    private Path file;
    private SecretsFile secrets;

    @BeforeEach
    void name() {
        file = directory.resolve("secrets.json");
        secrets = new SecretsFile(file);
    }

    @Test
    void aSecretIsFoundByItsName() throws IOException {
        Files.writeString(file, "{\"games/db\": \"hunter2\", \"empty\": \"\"}");

        assertThat(secrets.find("games/db")).contains("hunter2");
        assertThat(secrets.find("empty")).contains("");
        assertThat(secrets.find("games")).isEmpty();
    }

    @Test
    void withoutAFileThereAreNoSecrets() {
        assertThat(secrets.find("games/db")).isEmpty();
    }

    @Test
    void theFileIsReadEachTime() throws IOException {
        Files.writeString(file, "{\"a\": \"1\"}");
        assertThat(secrets.find("a")).contains("1");

        Files.writeString(file, "{\"a\": \"2\"}");
        assertThat(secrets.find("a")).contains("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "", "[]", "{\"a\": hunter2}", "{\"a\": 7}", "{\"a\": null}", "{\"a\": {}}"})
    void aFileOfAnotherFormIsAnErrorThatQuotesNothing(String text) throws IOException {
        Files.writeString(file, text);

        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> secrets.find("a"))
                .withMessageNotContaining("hunter2")
                .withNoCause()
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.INTERNAL));
    }

    @Test
    void aFolderIsNoFileOfSecrets() throws IOException {
        Files.createDirectory(file);

        assertThatExceptionOfType(OperationFailed.class).isThrownBy(() -> secrets.find("a"));
    }
}
