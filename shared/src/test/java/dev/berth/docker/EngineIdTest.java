package dev.berth.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EngineIdTest {
    @Test
    void tellsEnginesOfOneMachineFromEachOther() {
        assertThat(EngineId.of("one", "/var/lib/docker"))
                .isEqualTo(EngineId.of("one", "/var/lib/docker"))
                .isNotEqualTo(EngineId.of("one", "/data"))
                .isNotEqualTo(EngineId.of("other", "/var/lib/docker"));
    }

    @Test
    void isEmptyOfAnEngineWithoutOne() {
        assertThat(EngineId.of("", "/var/lib/docker")).isEmpty();
    }
}
