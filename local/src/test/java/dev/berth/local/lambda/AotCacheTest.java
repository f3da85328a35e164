package dev.berth.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AotCacheTest {

    @TempDir
    Path folder;

    private Path jar;
    private AotCache cache;

    @BeforeEach
    void makeJar() throws IOException {
        jar = Files.writeString(folder.resolve("code.jar"), "code");
        cache = AotCache.of(List.of(jar)).orElseThrow();
    }

    @Test
    void isRecordedByOneOfThoseThatFindNone() {
        var first = cache.next();
        var second = cache.next();

        assertThat(first.written()).isPresent();
        assertThat(first.flags())
                .contains("-XX:AOTCacheOutput=" + first.written().orElseThrow());
        assertThat(second).isEqualTo(AotCache.Part.NONE);
    }

    @Test
    void isWhatTheNextOnesBeginWithOnceItIsKept() throws IOException {
        var written = cache.next().written().orElseThrow();
        Files.writeString(written, "classes");

        cache.keep(written);

        var part = cache.next();
        assertThat(part.written()).isEmpty();
        assertThat(part.flags()).anyMatch(flag -> flag.startsWith("-XX:AOTCache=" + folder.resolve("code-")));
        assertThat(AotCache.of(List.of(jar)).orElseThrow().next()).isEqualTo(part);
        assertThat(written).doesNotExist();
    }

    @Test
    void isRecordedAnewWhenAJarIsNewer() throws IOException {
        var written = cache.next().written().orElseThrow();
        Files.writeString(written, "classes");
        cache.keep(written);

        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(AotCache.of(List.of(jar)).orElseThrow().next().written()).isPresent();
    }

    /** A JVM does not take what was recorded with other jars, as the tests have them. */
    @Test
    void isAnotherOneForAnotherClassPath() throws IOException {
        var written = cache.next().written().orElseThrow();
        Files.writeString(written, "classes");
        cache.keep(written);
        var more = Files.writeString(folder.resolve("more.jar"), "more");

        assertThat(AotCache.of(List.of(jar, more)).orElseThrow().next().written())
                .isPresent();
        assertThat(cache.next().written()).isEmpty();
    }

    @Test
    void isNotMissedWhenAJvmWasKilledBeforeItCouldWriteIt() {
        cache.keep(cache.next().written().orElseThrow());

        assertThat(cache.next()).isEqualTo(AotCache.Part.NONE);
    }

    @Test
    void isNoneOfAClassPathWithAFolder() {
        assertThat(AotCache.of(List.of(jar, folder))).isEmpty();
        assertThat(AotCache.of(List.of())).isEmpty();
    }
}
