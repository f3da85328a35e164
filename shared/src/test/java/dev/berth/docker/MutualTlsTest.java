package dev.berth.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MutualTlsTest {
    /** A key store that encrypts what it holds takes a new sandbox longer than the handshake. */
    @Test
    void derivesNoKeys(@TempDir Path folder) throws Exception {
        Path tls = Switchboard.material(folder.resolve("tls"));
        TlsMaterial material = new TlsMaterial(
                Files.readString(tls.resolve("ca.pem")),
                new TlsMaterial.Pair(
                        "cert.pem",
                        Files.readString(tls.resolve("cert.pem")),
                        Files.readString(tls.resolve("key.pem"))),
                Optional.empty());

        Path file = folder.resolve("services.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.SecurityProviderService").withoutStackTrace();
            recording.start();
            assertThat(MutualTls.of(material).context()).isNotNull();
            recording.stop();
            recording.dump(file);
        }

        List<String> used = RecordingFile.readAllEvents(file).stream()
                .map((RecordedEvent event) -> event.getString("algorithm"))
                .toList();
        assertThat(used).isNotEmpty().noneMatch(algorithm -> algorithm.startsWith("PB"));
    }
}
