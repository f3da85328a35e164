package dev.berth.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.PullResponseItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PullProgressTest {
    private final PullProgress progress = new PullProgress();

    private boolean report(String layer, String status, long current, long total) {
        return report("{\"id\": \"%s\", \"status\": \"%s\", \"progressDetail\": {\"current\": %d, \"total\": %d}}"
                .formatted(layer, status, current, total));
    }

    private boolean report(String layer, String status) {
        return report("{\"id\": \"%s\", \"status\": \"%s\", \"progressDetail\": {}}".formatted(layer, status));
    }

    private boolean report(String json) {
        try {
            return progress.advance(new ObjectMapper().readValue(json, PullResponseItem.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothingIsKnownBeforeALayerTellsItsSize() {
        assertThat(progress.text()).isEqualTo("waiting");
        report("{\"status\": \"Pulling from games/arena\", \"id\": \"1.0.0\"}");
        report("a", "Pulling fs layer");
        report("b", "Already exists");

        assertThat(progress.text()).isEqualTo("waiting");
    }

    @Test
    void theLayersAreAddedUp() {
        report("a", "Downloading", 1_000_000, 30_000_000);
        report("b", "Downloading", 10_100_000, 10_100_000);
        report("a", "Downloading", 2_240_000, 30_000_000);

        assertThat(progress.text()).isEqualTo("12.3 of 40.1 MB");
    }

    @Test
    void whatIsUnpackedWasDownloaded() {
        report("a", "Downloading", 1_000_000, 30_000_000);
        report("a", "Download complete");
        report("a", "Extracting", 5, 30_000_000);

        assertThat(progress.text()).isEqualTo("30.0 of 30.0 MB");
    }

    @Test
    void aLayerGetsFurtherWithEachStageAndEachByte() {
        assertThat(report("a", "Pulling fs layer")).isTrue();
        assertThat(report("a", "Downloading", 1, 9)).isTrue();
        assertThat(report("a", "Downloading", 2, 9)).isTrue();
        assertThat(report("a", "Verifying Checksum")).isTrue();
        assertThat(report("a", "Download complete")).isTrue();
        assertThat(report("a", "Extracting", 1, 9)).isTrue();
        assertThat(report("a", "Extracting", 9, 9)).isTrue();
        assertThat(report("a", "Pull complete")).isTrue();
    }

    @Test
    void anotherTryGetsNoFurtherUntilItIsBeyondTheFirst() {
        report("a", "Downloading", 5, 9);

        assertThat(report("a", "Retrying in 5 seconds")).isFalse();
        assertThat(report("a", "Retrying in 4 seconds")).isFalse();
        assertThat(report("a", "Downloading", 1, 9)).isFalse();
        assertThat(report("a", "Downloading", 5, 9)).isFalse();
        assertThat(report("a", "Downloading", 6, 9)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\": \"Waiting\", \"id\": \"a\"}",
                "{\"status\": \"Pulling from games/arena\", \"id\": \"1.0.0\"}",
                "{\"status\": \"Digest: sha256:00\"}",
                "{\"id\": \"a\", \"progressDetail\": {\"current\": 7, \"total\": -1}}",
            })
    void wordsAreNoProgress(String json) {
        assertThat(report(json)).isFalse();
        assertThat(report(json)).isFalse();
        assertThat(progress.text()).isEqualTo("waiting");
    }

    @Test
    void aSizeThatIsNotKnownCountsAsNothing() {
        assertThat(report("a", "Downloading", 7_000_000, -1)).isTrue();

        assertThat(progress.text()).isEqualTo("waiting");
    }
}
