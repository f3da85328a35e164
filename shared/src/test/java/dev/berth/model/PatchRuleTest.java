package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PatchRuleTest {
    private static final String DIGEST = "@sha256:" + "a".repeat(64);

    @ParameterizedTest
    @CsvSource({
        "redis:7.4.1              , redis:7.4.2",
        "redis:7.4.2              , redis:7.4.1",
        "redis:7.4.1              , redis:7.4.1",
        "redis:7.4.1              , docker.io/library/redis:v7.4.9-rc.1",
        "index.docker.io/redis:7.4.1, redis:7.4.2",
        "localhost:5000/a/b:0.0.1 , localhost:5000/a/b:0.0.99999999999999999999",
    })
    void allowsAnotherPatchOfTheSameImage(String running, String wanted) {
        assertThat(check(running, wanted)).isEmpty();
        assertThat(check(running + DIGEST, wanted + DIGEST)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "redis:7.4.1              , redis:7.5.1",
        "redis:7.4.1              , redis:8.4.1",
        "redis:7.4.1              , redis:70.4.1",
        "redis:7.4.1              , owner/redis:7.4.2",
        "redis:7.4.1              , localhost/library/redis:7.4.2",
        "localhost:5000/game:1.0.0, localhost:5001/game:1.0.1",
        "localhost:5000/game:1.0.0, localhost:5000/game2:1.0.1",
        "Registry/game:1.0.0      , registry/game:1.0.1",
    })
    void refusesAnotherVersionOrAnotherRepository(String running, String wanted) {
        assertThat(check(running, wanted)).contains(ErrorCode.SEMVER_PATCH_ONLY);
        assertThat(check(running + DIGEST, wanted + DIGEST)).contains(ErrorCode.SEMVER_PATCH_ONLY);
    }

    @ParameterizedTest
    @CsvSource({
        "redis:7.4.1, redis:7.4",
        "redis:7.4.1, redis:latest",
        "redis:7.4.1, redis",
        "redis:7    , redis:7.4.1",
        "redis      , redis:7.4.1",
        "redis:7    , redis:7",
        "redis:7.4.1, owner/redis:latest",
    })
    void refusesWhatTellsNoVersion(String running, String wanted) {
        assertThat(check(running, wanted)).contains(ErrorCode.IMAGE_REF_NOT_SEMVER);
        assertThat(check(running + DIGEST, wanted + DIGEST)).contains(ErrorCode.IMAGE_REF_NOT_SEMVER);
    }

    @Test
    void saysWhichOfTheTwoItMeans() {
        assertThat(PatchRule.check(new ImageRef("redis:7"), new ImageRef("redis:7.4.1")))
                .contains(new Failure(
                        ErrorCode.IMAGE_REF_NOT_SEMVER, "redis:7 has no tag of the form MAJOR.MINOR.PATCH"));
        assertThat(PatchRule.check(new ImageRef("redis:7.4.1"), new ImageRef("redis:8.0.0")))
                .contains(new Failure(
                        ErrorCode.SEMVER_PATCH_ONLY,
                        "redis:8.0.0 is of another major or minor version than redis:7.4.1, which runs"));
    }

    private static Optional<ErrorCode> check(String running, String wanted) {
        return PatchRule.check(new ImageRef(running), new ImageRef(wanted)).map(Failure::code);
    }
}
