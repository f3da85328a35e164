package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImagePolicyTest {
    @ParameterizedTest
    @CsvSource({
        "redis                       , docker.io/library/redis",
        "library/redis               , docker.io/library/redis",
        "docker.io/redis             , docker.io/library/redis",
        "index.docker.io/redis       , docker.io/library/redis",
        "owner/game                  , docker.io/owner/game",
        "games/*                     , docker.io/games/*",
        "library/*                   , docker.io/library/*",
        "docker.io/*                 , docker.io/*",
        "index.docker.io/*           , docker.io/*",
        "docker.io/games/*           , docker.io/games/*",
        "games/of/old/*              , docker.io/games/of/old/*",
        "localhost/*                 , localhost/*",
        "localhost:5000/*            , localhost:5000/*",
        "registry.example:5000/*     , registry.example:5000/*",
        "registry.example/games/*    , registry.example/games/*",
        "registry.example/games/chess, registry.example/games/chess",
        "Registry/*                  , Registry/*",
        "[::1]:5000/*                , [::1]:5000/*",
    })
    void readsPatternsAsDockerReadsReferences(String pattern, String inFull) {
        ImagePolicy policy = ImagePolicy.parse(pattern, "");

        assertThat(policy.allowed()).containsExactly(inFull);
        assertThat(new ImagePolicy(policy.allowed(), policy.pull())).isEqualTo(policy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "/*",
                "**",
                "*/games",
                "games/**",
                "games/*/*",
                "games/ch*",
                "registry.*/games",
                "games/",
                "/games",
                "games//*",
                "Games",
                "owner/Game",
                "owner/Game/*",
                "redis:7",
                "redis:*",
                "localhost:5000",
                "redis@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "https://registry.example/*",
                "registry.example/games /*",
                "redis nginx",
                "re.+",
                "-redis",
            })
    void refusesPatternsThatWouldNotMeanWhatTheySay(String pattern) {
        String message = "\"" + pattern + "\" must be a repository without tag and digest,"
                + " or registry and path that end in /* for all below";
        assertThatThrownBy(() -> ImagePolicy.parse(pattern, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> new ImagePolicy(List.of("redis", pattern), PullPolicy.ALWAYS))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "redis            , redis:7                      , true",
        "redis            , docker.io/library/redis      , true",
        "redis            , owner/redis                  , false",
        "redis            , localhost/library/redis      , false",
        "redis            , redis2                       , false",
        "games/*          , games/chess:1.0.0            , true",
        "games/*          , games/old/chess              , true",
        "games/*          , games2/chess                 , false",
        "games/*          , games                        , false",
        "games/*          , registry.example/games/chess , false",
        "docker.io/*      , redis                        , true",
        "docker.io/*      , owner/game                   , true",
        "docker.io/*      , docker.io.example/owner/game , false",
        "library/*        , redis                        , true",
        "library/*        , owner/game                   , false",
        "a.example:5000/* , a.example:5000/game          , true",
        "a.example:5000/* , a.example:50000/game         , false",
        "a.example:5000/* , a.example/game               , false",
    })
    void allowsWhatAPatternMeansAndNothingElse(String pattern, String ref, boolean allowed) {
        assertThat(ImagePolicy.parse(pattern, "").allows(new ImageRef(ref))).isEqualTo(allowed);
    }

    @Test
    void allowsWhatAnyOfSeveralPatternsMeans() {
        ImagePolicy policy = ImagePolicy.parse(" redis , games/* ,localhost:5000/*", "never");

        assertThat(policy)
                .isEqualTo(new ImagePolicy(
                        List.of("docker.io/library/redis", "docker.io/games/*", "localhost:5000/*"), PullPolicy.NEVER));
        assertThat(policy.allows(new ImageRef("localhost:5000/x"))).isTrue();
        assertThat(policy.allows(new ImageRef("games/chess"))).isTrue();
        assertThat(policy.allows(new ImageRef("nginx"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void allowsEverythingWhereNothingIsSaid(String blank) {
        assertThat(ImagePolicy.parse(blank, blank)).isEqualTo(ImagePolicy.OPEN);
        assertThat(ImagePolicy.OPEN.allows(new ImageRef("anything.example/at/all")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "redis,", ",redis", "redis,,nginx", "redis, ,nginx"})
    void doesNotTakeAForgottenPatternForNone(String patterns) {
        assertThatThrownBy(() -> ImagePolicy.parse(patterns, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"\" must be a repository");
    }

    @Test
    void readsWhenToPull() {
        assertThat(ImagePolicy.parse("", "always").pull()).isEqualTo(PullPolicy.ALWAYS);
        assertThat(ImagePolicy.parse("", " if_not_present ").pull()).isEqualTo(PullPolicy.IF_NOT_PRESENT);
        assertThatThrownBy(() -> ImagePolicy.parse("", "Always"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the pull policy \"Always\" must be one of always, if_not_present, never");
    }
}
