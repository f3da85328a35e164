package dev.berth.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeClientTest {
    @TempDir
    private Path folder;

    @Test
    @SuppressWarnings("restricted")
    void isALibraryOfThisMachine() {
        System.load(NativeClient.unpack(folder.resolve("logs")).toString());
    }

    @Test
    void leavesWhoeverLoadsItTheFileThatItHas() throws IOException {
        Path first = NativeClient.unpack(folder);
        Object loaded = Files.getAttribute(first, "unix:ino");
        Path link = Files.createLink(folder.resolve("loaded"), first);
        byte[] whole = Files.readAllBytes(link);

        Path second = NativeClient.unpack(folder);

        assertThat(second).isEqualTo(first);
        assertThat(Files.getAttribute(second, "unix:ino")).isNotEqualTo(loaded);
        assertThat(Files.readAllBytes(link)).isEqualTo(whole);
        assertThat(folder.toFile().list()).hasSize(2);
    }
}
