package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.GameId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class IndexModelTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void anIndexThatIsLateShowsEachGameAsItWasBeforeItsLastChange() {
        IndexModel indexes = new IndexModel();
        GameRow row = new GameRow(new GameId("game-1"));

        row.dueAt = Optional.of(NOW);
        indexes.follow(row);
        assertThat(indexes.due(NOW, 10, false)).containsExactly(row.id);
        assertThat(indexes.due(NOW, 10, true)).isEmpty();

        row.dueAt = Optional.empty();
        indexes.follow(row);
        assertThat(indexes.due(NOW, 10, false)).isEmpty();
        assertThat(indexes.due(NOW, 10, true)).containsExactly(row.id);
    }
}
