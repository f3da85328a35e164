package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms are those that semver.org lists for implementers, less build metadata. */
final class SemanticVersionTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.4                        , 0, 0, 4  ,",
        "1.2.3                        , 1, 2, 3  ,",
        "v1.2.3                       , 1, 2, 3  ,",
        "10.20.30                     , 10, 20, 30,",
        "1.1.2-prerelease             , 1, 1, 2  , prerelease",
        "1.0.0-alpha                  , 1, 0, 0  , alpha",
        "1.0.0-alpha.beta.1           , 1, 0, 0  , alpha.beta.1",
        "1.0.0-alpha0.valid           , 1, 0, 0  , alpha0.valid",
        "1.0.0-0A.is.legal            , 1, 0, 0  , 0A.is.legal",
        "1.0.0-0                      , 1, 0, 0  , 0",
        "1.0.0-rc.1                   , 1, 0, 0  , rc.1",
        "1.2.3----RC-SNAPSHOT.12.9.1--.12, 1, 2, 3, ---RC-SNAPSHOT.12.9.1--.12",
        "1.2.3-01a                    , 1, 2, 3  , 01a",
        "2.0.1-alpha.1227             , 2, 0, 1  , alpha.1227",
        "99999999999999999999999.999999999999999999.99999999999999999, 99999999999999999999999, 999999999999999999, 99999999999999999,",
    })
    void areRead(String tag, BigInteger major, BigInteger minor, BigInteger patch, String prerelease) {
        SemanticVersion version = SemanticVersion.of(tag).orElseThrow();

        assertThat(version).isEqualTo(new SemanticVersion(major, minor, patch, Optional.ofNullable(prerelease)));
        assertThat(version).hasToString(tag.startsWith("v") ? tag.substring(1) : tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "1.2.3.4",
                "latest",
                "v",
                "V1.2.3",
                "vv1.2.3",
                "v.1.2.3",
                "01.1.1",
                "1.01.1",
                "1.1.01",
                "1.2.3-",
                "1.2.3-0123",
                "1.2.3-0123.0123",
                "1.2.3-a..b",
                "1.2.3-a.",
                "1.2.3-.a",
                "1.2.3-a_b",
                "1.2.3_1",
                "1.2.3+build",
                "1.2.3-rc.1+build",
                "1.2-SNAPSHOT",
                "1.2.x",
                "-1.2.3",
                "1.-2.3",
                "1..3",
                ".1.2.3",
                "1.2.3.",
                "1.2.3 ",
                " 1.2.3",
                "1.2.3\n",
                "1,2,3",
                "\u0661.2.3",
                "release-1.2.3",
            })
    void areNotSeenInOtherTags(String tag) {
        assertThat(SemanticVersion.of(tag)).isEmpty();
    }

    @Test
    void areOfTheSameMinorWhateverThePatchAndThePrerelease() {
        SemanticVersion version = SemanticVersion.of("1.2.3").orElseThrow();

        assertThat(version.isOfSameMinor(SemanticVersion.of("v1.2.0-rc.1").orElseThrow()))
                .isTrue();
        assertThat(version.isOfSameMinor(SemanticVersion.of("1.3.3").orElseThrow()))
                .isFalse();
        assertThat(version.isOfSameMinor(SemanticVersion.of("2.2.3").orElseThrow()))
                .isFalse();
    }
}
