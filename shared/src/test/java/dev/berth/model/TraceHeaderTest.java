package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceHeaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Root=1-5759e988-bd862e3fe1be46a994272793",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
                "Self=1-67891234-12456789abcdef012345678;Root=1-67891233-abcdef012345678912345678;Lineage=1:ab:0",
            })
    void takesWhatXRaySends(String header) {
        assertThat(TraceHeader.find(header)).map(TraceHeader::value).contains(header);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"Root", "Root=", "=1", "Root=1;", "Root=1 ", "Root=a\nb", "Root=\"1\"", "Root=ä"})
    void passesNothingElseOn(String header) {
        assertThat(TraceHeader.find(header)).isEmpty();
    }

    @Test
    void passesNothingOnThatIsTooLong() {
        assertThat(TraceHeader.find("Root=" + "1".repeat(251))).isPresent();
        assertThat(TraceHeader.find("Root=" + "1".repeat(252))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceHeader("no header"));
    }
}
