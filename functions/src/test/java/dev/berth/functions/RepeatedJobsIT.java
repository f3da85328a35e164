package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.port.Game;
import dev.berth.wire.Json;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("aws")
@ExtendWith(LocalBerth.Provided.class)
class RepeatedJobsIT {
    private final LocalBerth berth;
    private final GameId game = LocalBerth.newGame();

    RepeatedJobsIT(LocalBerth berth) {
        this.berth = berth;
    }

    @Test
    void answersAJobThatIsSentAgainWithTheSameResult() {
        String body = berth.startOf(game, game + "-once").toString();
        berth.send("StartJobs", body);
        berth.results.await(game + "-once");
        berth.send("StartJobs", body);
        List<ObjectNode> results = berth.results.await(game + "-once", 2);
        assertThat(new HashSet<>(results)).hasSize(1);
        assertOneContainerAndOneEntry();
    }

    @Test
    void doesAJobOnceThatIsSentTenTimesAtOnce() {
        String body = berth.startOf(game, game + "-ten").toString();
        Stream.generate(() -> body).limit(10).parallel().forEach(same -> berth.send("StartJobs", same));
        List<ObjectNode> results = berth.results.await(game + "-ten", 10);
        assertThat(results).hasSize(10);
        assertThat(new HashSet<>(results)).hasSize(1);
        assertThat(results.getFirst().path("outcome").asText()).isEqualTo("success");
        assertOneContainerAndOneEntry();
    }

    @Test
    void startsOneOfTwoJobsForOneGameAndFindsNothingLeftToDoForTheOther() {
        Stream.of("a", "b")
                .parallel()
                .forEach(id ->
                        berth.send("StartJobs", berth.startOf(game, game + id).toString()));
        List<String> effects = Stream.of("a", "b")
                .map(id -> berth.results.await(game + id))
                .map(result -> result.path("effect").asText() + " "
                        + result.path("outcome").asText())
                .sorted()
                .toList();
        assertThat(effects).containsExactly("changed success", "noop success");
        assertThat(berth.containers(game).path("list")).hasSize(1);
    }

    @Test
    void refusesAKnownJobIdWithOtherContentAndRepeatsThatRefusalToo() {
        String id = game + "-same";
        berth.send("StartJobs", berth.startOf(game, id).toString());
        ObjectNode first = berth.results.await(id);
        String other = berth.startOf(game, id)
                .put("image_ref", berth.images.get("1.0.1"))
                .toString();
        berth.send("StartJobs", other);
        ObjectNode second = berth.results.await(id, 2).get(1);
        assertThat(second.path("error_code").asText()).isEqualTo("idempotency_mismatch");
        berth.send("StartJobs", other);
        assertThat(berth.results.await(id, 3).get(2)).isEqualTo(second).isNotEqualTo(first);
        assertThat(berth.entries(game)).hasSize(2);
    }

    @Test
    void refusesARequestThatIsOlderThanTheLastOneApplied() {
        berth.send("StartJobs", berth.startOf(game, game + "-new").toString());
        berth.results.await(game + "-new");
        berth.send(
                "StopJobs",
                Json.object()
                        .put("game_id", game.value())
                        .put("job_id", game + "-old")
                        .put("requested_at", "2026-01-01T00:00:00Z")
                        .toString());
        ObjectNode old = berth.results.await(game + "-old");
        assertThat(old.path("error_code").asText()).isEqualTo("superseded");
        assertThat(berth.containers(game).path("list").path(0).path("State").asText())
                .isEqualTo("running");
    }

    private void assertOneContainerAndOneEntry() {
        assertThat(berth.containers(game).path("list")).hasSize(1);
        assertThat(berth.entries(game)).hasSize(1);
        assertThat(berth.game(game).flatMap(Game::deployment)).isEmpty();
    }
}
