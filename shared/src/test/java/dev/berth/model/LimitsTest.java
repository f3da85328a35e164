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
        assertThat(Limits.RETENTION).isEqualTo(Duration.ofHours(24));
        assertThat(Limits.SETTLE).isEqualTo(Duration.ofSeconds(2));
        assertThat(Limits.PULL_SILENCE).isEqualTo(Duration.ofMinutes(2));
        assertThat(Limits.IMAGE_AGE).isEqualTo(Duration.ofHours(24));
        assertThat(Limits.IMAGES_COLLECTED).isEqualTo(5);
        assertThat(Limits.LAST_LOG_LINES).isEqualTo(50);
        assertThat(FileSpec.MAX_SIZE).isEqualTo(128 * 1024);
        assertThat(Size.MAX).isEqualTo(Size.parse("128G"));
    }

    @Test
    void leaveTheDefaultsWithinTheirBounds() {
        assertThat(Limits.DEFAULT_GRACE).isLessThanOrEqualTo(Limits.MAX_GRACE);
        assertThat(RuntimeSpec.DEFAULT_RESOURCES.memory()).isLessThan(Size.MAX);
        assertThat(Limits.MAX_DELIVERIES).isGreaterThan(1);
    }
}
