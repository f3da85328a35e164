package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LimitsTest {
    @Test
    void doNotContradictEachOther() {
        assertThatCode(Limits::check).doesNotThrowAnyException();
    }

    @Test
    void areThoseOfTheContract() {
        assertThat(Limits.MAX_GRACE).isEqualTo(Duration.ofMinutes(5));
        assertThat(Limits.KEEP_RESULTS).isEqualTo(Duration.ofDays(28));
        assertThat(Size.MAX).isEqualTo(Size.parse("128G"));
    }

    @Test
    void leaveTheDefaultsWithinTheirBounds() {
        assertThat(Limits.DEFAULT_GRACE).isLessThanOrEqualTo(Limits.MAX_GRACE);
        assertThat(RuntimeSpec.DEFAULT_RESOURCES.memory()).isLessThan(Size.MAX);
        assertThat(Limits.MAX_DELIVERIES).isGreaterThan(1);
    }
}
