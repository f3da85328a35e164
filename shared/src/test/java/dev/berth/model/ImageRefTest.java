package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reference tells beyond its parts; how it is read is a table of its own. */
final class ImageRefTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "redis                        , redis",
        "redis:7                      , redis",
        "test:5000/repo               , test:5000/repo",
        "test:5000/repo:tag           , test:5000/repo",
        "docker.io/library/redis:7    , docker.io/library/redis",
        "[2001:db8::1]:5000/repo:7    , [2001:db8::1]:5000/repo",
        "foo_bar.com:8080             , foo_bar.com",
    })
    void tellsTheNameAsItWasWritten(String text, String name) {
        assertThat(new ImageRef(text).name()).isEqualTo(name);
        assertThat(new ImageRef(text + "@" + DIGEST).name()).isEqualTo(name);
    }

    @Test
    void tellsTheVersionOfItsTagWhateverTheDigest() {
        assertThat(new ImageRef("redis:v7.4.1-rc.1").version()).isEqualTo(SemanticVersion.of("7.4.1-rc.1"));
        assertThat(new ImageRef("redis:7.4.1@" + DIGEST).version()).isEqualTo(SemanticVersion.of("7.4.1"));
        assertThat(new ImageRef("redis:7.4").version()).isEqualTo(Optional.empty());
        assertThat(new ImageRef("redis").version()).isEmpty();
        assertThat(new ImageRef("redis@" + DIGEST).version()).isEmpty();
    }

    @Test
    void saysHowAReferenceLooks() {
        assertThatThrownBy(() -> new ImageRef("Redis"))
                .hasMessage("must be a Docker image reference, [registry/]repository[:tag][@digest]");
    }

    @Test
    void isNoIdOfAnImageWhichWouldGetPastEveryRuleForRepositories() {
        assertThatThrownBy(() -> new ImageRef(DIGEST)).hasMessage("must name a repository, not an image by its id");
    }

    @Test
    @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
    void isNotSlowedDownByTextsMadeForIt() {
        for (String text : new String[] {
            "a".repeat(255) + "!",
            "a-".repeat(127) + "!",
            "a.".repeat(127) + "!",
            "a/".repeat(127) + "!",
            "[" + ":".repeat(500) + "!",
            "0".repeat(100_000)
        }) {
            assertThatThrownBy(() -> new ImageRef(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void meansTheTagLatestWhereNeitherTagNorDigestIsWritten() {
        String digest = "@sha256:" + "a".repeat(64);
        assertThat(new ImageRef("deadbeef").exact()).isEqualTo("deadbeef:latest");
        assertThat(new ImageRef("games/arena:1.0.0").exact()).isEqualTo("games/arena:1.0.0");
        assertThat(new ImageRef("games/arena" + digest).exact()).isEqualTo("games/arena" + digest);
    }
}
