package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "0",
                "match-42",
                "a-",
                "a--b",
                "0123456789",
                "abcdefghijklmnopqrstuvwxyz0123456789-abcdefghijklmnopqrstuvwxyz"
            })
    void acceptsGameIdsOfTheContract(String id) {
        assertThat(new GameId(id)).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "-a", "A", "match_42", "a.b", "a b", " a", "a ", "a\n", "ä", "a/b", "a\u0000", "０"})
    void refusesGameIdsThatCouldMeetInAContainerName(String id) {
        assertThatThrownBy(() -> new GameId(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must match [a-z0-9][a-z0-9-]{0,62}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host-1", "h", "10.0.0.1", "a.b-c.d"})
    void acceptsHostIdsThatLookLikeHostNames(String id) {
        assertThat(new HostId(id)).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".a", "-a", "Host", "a_b", "a:1", "a b", "a\n"})
    void refusesOtherHostIds(String id) {
        assertThatThrownBy(() -> new HostId(id)).hasMessage("must match [a-z0-9][a-z0-9.-]{0,62}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "A.b_c:d-e", "4c3a2b10-0000-4000-8000-00000000abcd", "tenant:7:start"})
    void acceptsJobIdsOfTheContract(String id) {
        assertThat(new JobId(id)).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a#b", "ä", "a\n", "{}"})
    void refusesOtherJobIds(String id) {
        assertThatThrownBy(() -> new JobId(id)).hasMessage("must be 1 to 128 of A-Z a-z 0-9 . _ : -");
    }

    @Test
    void holdsIdsToTheirLength() {
        assertThat(new GameId("a".repeat(63)).value()).hasSize(63);
        assertThatThrownBy(() -> new GameId("a".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        assertThat(new HostId("a".repeat(63)).value()).hasSize(63);
        assertThatThrownBy(() -> new HostId("a".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        assertThat(new JobId("a".repeat(128)).value()).hasSize(128);
        assertThatThrownBy(() -> new JobId("a".repeat(129))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "op-",
                "op-0123456789a",
                "op-0123456789abc",
                "op-0123456789AB",
                "0123456789ab",
                "op_0123456789ab"
            })
    void refusesOperationIdsOfAnotherForm(String id) {
        assertThatThrownBy(() -> new OpId(id)).hasMessage("must match op-[0-9a-f]{12}");
    }

    @Test
    void givesOneJobOneOperationIdForever() {
        // printf job-1 | sha256sum
        assertThat(OpId.of(new JobId("job-1"))).isEqualTo(new OpId("op-026ab639c21d"));
        assertThat(OpId.of(new JobId("job-2"))).isNotEqualTo(OpId.of(new JobId("job-1")));
    }

    @Test
    void hashesTheUtf8OfAText() {
        assertThat(Sha256.hex("")).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Sha256.hex("ä€😀")).isEqualTo("819fe77d1c7897c4c541e21c63d27154d46e12cc65074d8d9c874626a40a6074");
    }

    @Test
    void ordersFencesByNumberAndRefusesNegativeOnes() {
        assertThat(new Fence(9).isBefore(new Fence(10))).isTrue();
        assertThat(new Fence(10).isBefore(new Fence(10))).isFalse();
        assertThat(new Fence(0)).hasToString("0");
        assertThatThrownBy(() -> new Fence(-1)).hasMessage("must not be negative");
    }
}
