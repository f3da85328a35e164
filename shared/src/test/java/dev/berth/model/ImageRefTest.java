package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms are those of the grammar's own tests, and those that people write. */
final class ImageRefTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource(textBlock = """
                    redis                                    , redis                              ,
                    redis:7                                  , redis                              , 7
                    redis:7.4.1-alpine3.20                   , redis                              , 7.4.1-alpine3.20
                    lowercase:Uppercase                      , lowercase                          , Uppercase
                    redis:_a                                 , redis                              , _a
                    redis:__                                 , redis                              , __
                    docker/docker                            , docker/docker                      ,
                    library/debian:bookworm                  , library/debian                     , bookworm
                    docker.io/library/redis:latest           , docker.io/library/redis            , latest
                    test.com/repo:tag                        , test.com/repo                      , tag
                    test.com:8000/repo:tag                   , test.com:8000/repo                 , tag
                    test:5000/repo                           , test:5000/repo                     ,
                    localhost/game                           , localhost/game                     ,
                    localhost:5000/game:1.0.0                , localhost:5000/game                , 1.0.0
                    127.0.0.1:5000/game:1.0.0                , 127.0.0.1:5000/game                , 1.0.0
                    192.168.1.1                              , 192.168.1.1                        ,
                    192.168.1.1:tag                          , 192.168.1.1                        , tag
                    192.168.1.1:5000/repo:5050               , 192.168.1.1:5000/repo              , 5050
                    [2001:db8::1]/repo                       , [2001:db8::1]/repo                 ,
                    [2001:db8::1]:5000/repo:tag              , [2001:db8::1]:5000/repo            , tag
                    sub-dom1.foo.com/bar/baz/quux            , sub-dom1.foo.com/bar/baz/quux      ,
                    sub-dom1.foo.com/bar/baz/quux:some-tag   , sub-dom1.foo.com/bar/baz/quux      , some-tag
                    b.gcr.io/test.example.com/my-app:1.2     , b.gcr.io/test.example.com/my-app   , 1.2
                    xn--n3h.com/myimage:xn--n3h.com          , xn--n3h.com/myimage                , xn--n3h.com
                    foo_bar.com:8080                         , foo_bar.com                        , 8080
                    foo/foo_bar.com:8080                     , foo/foo_bar.com                    , 8080
                    a__b                                     , a__b                               ,
                    a/b_c/d.e/f-g/h--i/j---k                 , a/b_c/d.e/f-g/h--i/j---k           ,
                    Registry/game                            , Registry/game                      ,
                    0/0:0                                    , 0/0                                , 0
                    1.2.3.4.5/a:1                            , 1.2.3.4.5/a                        , 1
                    ghcr.io/owner/name:1.0.0-rc.1            , ghcr.io/owner/name                 , 1.0.0-rc.1
                    """)
    void readsNameAndTag(String text, String name, String tag) {
        ImageRef ref = new ImageRef(text);

        assertThat(ref).hasToString(text);
        assertThat(ref.name()).isEqualTo(name);
        assertThat(ref.tag()).isEqualTo(Optional.ofNullable(tag));
        assertThat(ref.digest()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "redis                     , redis                   , ",
        "redis:7                   , redis                   , 7",
        "test:5000/repo            , test:5000/repo          , ",
        "test:5000/repo:tag        , test:5000/repo          , tag",
        "localhost/game:1          , localhost/game          , 1",
        "docker.io/library/redis:7 , docker.io/library/redis , 7",
    })
    void readsTheDigestBehindNameAndTag(String text, String name, String tag) {
        ImageRef ref = new ImageRef(text + "@" + DIGEST);

        assertThat(ref.name()).isEqualTo(name);
        assertThat(ref.tag()).isEqualTo(Optional.ofNullable(tag));
        assertThat(ref.digest()).contains(DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ":justtag",
                "@" + "sha256:ffff",
                "repo@sha256:ffffffffffffffffffffffffffffffffff",
                "validname@invaliddigest:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "repo@sha256:FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
                "repo@md5:ffffffffffffffffffffffffffffffff",
                "repo@",
                "repo:",
                "repo:@sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "Uppercase",
                "Uppercase:tag",
                "UPPER/Case",
                "test:5000/Uppercase/lowercase:tag",
                "aa/asdf$$^/aa",
                "-redis",
                "redis-",
                "_redis",
                "redis_",
                ".redis",
                "redis.",
                "a..b",
                "a___b",
                "a._b",
                "a-_b",
                "/redis",
                "redis/",
                "a//b",
                "-foo.com/redis",
                "foo-.com/redis",
                "foo..com/redis",
                "foo.com:/redis",
                "foo.com:port/redis",
                "foo.com:80:80/redis",
                "[2001:db8::1/repo",
                "2001:db8::1]:5000/repo",
                "[fe80::1%eth0]:5000/repo",
                "[2001:db8:3:4::192.0.2.33]:5000/debian",
                "[]/repo",
                "redis:.tag",
                "redis:-tag",
                "redis:a b",
                "redis:a/b",
                "redis:ä",
                "redis :7",
                " redis",
                "redis ",
                "redis\n",
                "redis\u0000",
                "http://redis",
                "https://localhost:5000/game",
                "docker://redis:7",
                "rédis",
                "a@b@c",
                "redis:7:7",
                "$(reboot)",
                "../redis",
                "./redis",
                "~/redis",
                "*",
            })
    void refusesWhatIsNoReference(String text) {
        assertThatThrownBy(() -> new ImageRef(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be a Docker image reference, [registry/]repository[:tag][@digest]");
    }

    @Test
    void holdsTagsAndNamesToTheirLength() {
        assertThat(new ImageRef("redis:" + "a".repeat(128)).tag().orElseThrow()).hasSize(128);
        assertThatThrownBy(() -> new ImageRef("redis:" + "a".repeat(129))).isInstanceOf(IllegalArgumentException.class);
        assertThat(new ImageRef("a/".repeat(127) + "a:tag").name()).hasSize(255);
        assertThatThrownBy(() -> new ImageRef("a/".repeat(127) + "aa:tag"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNotSlowedDownByTextsMadeForIt() {
        for (String text : new String[] {
            "a".repeat(255) + "!",
            "a-".repeat(127) + "!",
            "a.".repeat(127) + "!",
            "a/".repeat(127) + "!",
            "0".repeat(100_000)
        }) {
            long begin = System.nanoTime();
            assertThatThrownBy(() -> new ImageRef(text)).isInstanceOf(IllegalArgumentException.class);
            assertThat(System.nanoTime() - begin).isLessThan(1_000_000_000L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "redis                           , docker.io/library/redis",
        "redis:7                         , docker.io/library/redis",
        "docker.io/redis                 , docker.io/library/redis",
        "docker.io/library/redis:7       , docker.io/library/redis",
        "index.docker.io/redis           , docker.io/library/redis",
        "index.docker.io/owner/game      , docker.io/owner/game",
        "owner/game                      , docker.io/owner/game",
        "docker.io/owner/game            , docker.io/owner/game",
        "owner/group/game                , docker.io/owner/group/game",
        "owner_name/game                 , docker.io/owner_name/game",
        "localhost/game                  , localhost/game",
        "localhost:5000/game:1.0.0       , localhost:5000/game",
        "test:5000/game                  , test:5000/game",
        "ghcr.io/owner/game:1.0.0        , ghcr.io/owner/game",
        "Registry/game                   , Registry/game",
        "[2001:db8::1]/game              , [2001:db8::1]/game",
        "[2001:db8::1]:5000/game         , [2001:db8::1]:5000/game",
        "192.168.1.1                     , docker.io/library/192.168.1.1",
    })
    void tellsTheRepositoryInFullAsDockerWould(String text, String repository) {
        assertThat(new ImageRef(text).repository()).isEqualTo(repository);
        assertThat(new ImageRef(new ImageRef(text).name() + "@" + DIGEST).repository())
                .isEqualTo(repository);
    }
}
