package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileSpecTest {
    private static final String HASH = "a".repeat(64);

    @Test
    void existsWithinItsBounds() {
        assertThat(new FileSpec("/a", HASH, 0, 0).mode()).isZero();
        assertThat(new FileSpec("/a", HASH, 131_072, 0777).size()).isEqualTo(131_072);
    }

    @ParameterizedTest
    @CsvSource({
        "a        , 64, 0     , 384, must be an absolute path of at most 1024 characters",
        "/dev/null, 64, 0     , 384, 'must not be in /dev, which is the engine''s'",
        "/a       , 63, 0     , 384, must have a hash of 64 hex characters",
        "/a       , 64, -1    , 384, must have at most 131072 bytes",
        "/a       , 64, 131073, 384, must have at most 131072 bytes",
        "/a       , 64, 0     , 512, must have a mode of 000 to 777",
        "/a       , 64, 0     , -1 , must have a mode of 000 to 777",
    })
    void isRefusedBeyondThem(String path, int digits, int size, int mode, String why) {
        assertThatThrownBy(() -> new FileSpec(path, "a".repeat(digits), size, mode))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(why);
    }

    @Test
    void knowsItsContentByTheHashAlone() {
        Blob blob = new Blob(new byte[] {0, -1});

        assertThat(blob).isEqualTo(new Blob(new byte[] {0, -1})).hasSameHashCodeAs(new Blob(new byte[] {0, -1}));
        assertThat(blob).isNotEqualTo(new Blob(new byte[] {0, -2}));
        assertThat(blob.sha256()).isEqualTo("06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8");
        assertThat(blob).hasToString("2 bytes, sha256 " + blob.sha256());
    }

    @Test
    void hasAContentThatNobodyChangesBehindItsBack() {
        byte[] bytes = {1, 2};
        Blob blob = new Blob(bytes);
        bytes[0] = 9;
        blob.bytes()[1] = 9;

        assertThat(blob.bytes()).containsExactly(1, 2);
    }
}
