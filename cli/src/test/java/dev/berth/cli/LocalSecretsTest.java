package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalSecretsTest {
    @TempDir
    private Path folder;

    private LocalSecrets secrets;

    @BeforeEach
    void keepMaterialOfAHost() throws IOException {
        secrets = new LocalSecrets(folder);
        Path tls = Files.createDirectories(
                LocalSecrets.hostFolder(folder, "host-1").resolve("tls"));
        for (String piece : List.of("ca", "cert", "key")) {
            Files.writeString(tls.resolve(piece + ".pem"), "the " + piece);
        }
    }

    @Test
    void hasTheMaterialOfEachHostOfTheStack() {
        assertThat(secrets.find("hosts/host-1").map(Json::parse))
                .contains(Json.object()
                        .put("ca", "the ca")
                        .put("cert", "the cert")
                        .put("key", "the key"));
        assertThat(secrets.find("hosts/host-2")).isEmpty();
        assertThat(secrets.find("hosts/../hosts/host-1")).isEmpty();
    }

    @Test
    void hasWhatItsUserKeepsAndThatFirst() throws IOException {
        Files.writeString(LocalSecrets.file(folder), "{\"games/db\": \"hunter2\", \"hosts/host-1\": \"another\"}");

        assertThat(secrets.find("games/db")).contains("hunter2");
        assertThat(secrets.find("hosts/host-1")).contains("another");
        assertThat(secrets.find("games/other")).isEmpty();
    }

    @Test
    void tellsWhichFolderItCannotReadAsMaterial() throws IOException {
        Path tls = LocalSecrets.hostFolder(folder, "host-1").resolve("tls");
        Files.delete(tls.resolve("key.pem"));

        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> secrets.find("hosts/host-1"))
                .withMessageContaining(tls.toString())
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.INTERNAL));
    }
}
