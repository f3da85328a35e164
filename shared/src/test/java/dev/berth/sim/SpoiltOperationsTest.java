package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.docker.DockerHosts;
import dev.berth.docker.RecordedEngine;
import dev.berth.docker.RecordedEngine.Exchange;
import dev.berth.docker.SpoiltReplies;
import dev.berth.docker.Switchboard;
import dev.berth.ledger.Ledger;
import dev.berth.ledger.Verifier;
import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.JobId;
import dev.berth.model.OpSource;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.operation.Delivery;
import dev.berth.operation.ReconcileHost;
import dev.berth.operation.SideBySide;
import dev.berth.port.Game;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operations as they are, with the tables of the model, on an engine whose replies are spoilt: nothing is changed on
 * the host but what a reply has shown to be the game's, and the record and the log tell nothing that no reply told.
 * {@code -Dgames=1 -Dgame=4711} plays one game again.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class SpoiltOperationsTest {
    private static final long GAMES = Long.getLong("games", 4_000);
    private static final long FIRST = Long.getLong("game", 0);
    private static final int JOBS = 5;
    private static final long LEAST_SPOILT_EACH = 2;
    private static final GameId GAME = new GameId("chess");
    private static final String NAME = "berth_chess";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SideBySide ONE_AFTER_ANOTHER = (tasks, _) -> tasks.forEach(Runnable::run);

    private final Switchboard board = new Switchboard();

    @Test
    void changeNothingButWhatIsTheGamesAndTellNothingThatWasNotSo(@TempDir Path tls) {
        String material = Switchboard.material(tls).toString();
        long spoilt = 0;
        long running = 0;
        try (DockerHosts hosts = board.hosts()) {
            for (long game = FIRST; game < FIRST + GAMES; game++) {
                Random random = new Random(game * 0x9E3779B97F4A7C15L);
                SpoiltReplies replies = new SpoiltReplies(random, 1 + random.nextInt(8));
                Play play = new Play(new CalmWorld(_ -> hosts), new RecordedEngine(replies), random);
                board.leadTo(play.engine);
                try {
                    running += play.isRunningInTheEnd(material) ? 1 : 0;
                } catch (RuntimeException | Error wrong) {
                    throw new AssertionError("game " + game + " of " + play.engine.exchanges() + ": " + wrong, wrong);
                }
                spoilt += replies.spoilt();
            }
        }
        if (GAMES > 1) {
            assertThat(spoilt).isGreaterThan(GAMES * LEAST_SPOILT_EACH);
            assertThat(running).isBetween(GAMES / 20, GAMES * 19 / 20);
        }
    }

    private record Play(CalmWorld calm, RecordedEngine engine, Random random) {
        boolean isRunningInTheEnd(String tls) {
            calm.store.register(reachedWith(tls, calm.host));
            for (int job = 0; job < JOBS; job++) {
                Set<String> before = recorded().map(Set::of).orElse(Set.of());
                int from = engine.exchanges().size();
                perform(job);
                assertChangesAreOfTheGame(before, from);
                assertRecordTellsWhatWasTold(before);
            }
            assertThat(((Defects) calm.world.telemetry()).told()).isEmpty();
            ModelArchive archive = new ModelArchive(new BucketModel(), new DirectLine(new Scheduler()));
            assertThat(new Verifier(new Ledger(calm.log, archive), calm.games)
                            .full(GAME)
                            .holds())
                    .isTrue();
            return status().equals(Optional.of(RuntimeStatus.RUNNING));
        }

        private static Host reachedWith(String tls, Host host) {
            return new Host(host.id(), host.endpoint(), tls, host.capacity(), host.reserved(), host.state(), Map.of());
        }

        private void perform(int job) {
            String id = "job-" + job;
            Delivery delivery =
                    new Delivery(random.nextBoolean(), calm.delivery().endsAt(), Optional.empty());
            switch (job == 0 ? 0 : random.nextInt(6)) {
                case 0 -> calm.operations.perform(Jobs.start(GAME, id, calm.clock.now()), delivery);
                case 1 -> calm.operations.perform(Jobs.stop(GAME, id, calm.clock.now()), delivery);
                case 2 -> calm.operations.perform(Jobs.restart(GAME, id, calm.clock.now()), delivery);
                case 3 -> calm.operations.perform(Jobs.patch(GAME, id, calm.clock.now(), Images.OTHER), delivery);
                case 4 -> calm.operations.perform(Jobs.cleanup(GAME, id, calm.clock.now()), delivery);
                default ->
                    new ReconcileHost(calm.world, calm.operations, ONE_AFTER_ANOTHER)
                            .perform(
                                    new ReconcileJob(
                                            calm.host.id(),
                                            new Request(
                                                    new JobId(id),
                                                    OpSource.AUTO_RECONCILE,
                                                    Optional.empty(),
                                                    calm.clock.now(),
                                                    Optional.empty(),
                                                    id)),
                                    delivery);
            }
        }

        private Optional<RuntimeStatus> status() {
            return calm.games.find(GAME).flatMap(Game::record).map(RuntimeRecord::status);
        }

        private Optional<String> recorded() {
            return calm.games
                    .find(GAME)
                    .flatMap(Game::record)
                    .flatMap(RuntimeRecord::container)
                    .map(GameContainer::id);
        }

        /** @param before what the record told already */
        private void assertRecordTellsWhatWasTold(Set<String> before) {
            if (status().equals(Optional.of(RuntimeStatus.RUNNING))) {
                String id = recorded().orElseThrow();
                assertThat(before.contains(id)
                                || engine.exchanges().stream()
                                        .anyMatch(exchange ->
                                                exchange.answer().orElse("").contains(id)))
                        .as("%s, which runs, was given by the engine", id)
                        .isTrue();
            }
        }

        private void assertChangesAreOfTheGame(Set<String> before, int from) {
            Set<String> ours = new HashSet<>(before);
            List<Exchange> all = engine.exchanges();
            for (int i = 0; i < all.size(); i++) {
                Exchange exchange = all.get(i);
                if (i >= from) {
                    exchange.changed()
                            .filter(what -> what.startsWith("containers/"))
                            .map(what -> what.substring("containers/".length()))
                            .ifPresent(target -> assertThat(target)
                                    .matches(
                                            id -> ours.contains(id) || id.startsWith(NAME + ".prev-"),
                                            "was shown to be the game's"));
                }
                exchange.answer().ifPresent(answer -> shown(exchange, answer, ours));
            }
        }
    }

    /** What is the game's by an answer: an id for what was to be created, or whatever carries its labels. */
    private static void shown(Exchange exchange, String answer, Set<String> ours) {
        try {
            JsonNode json = JSON.readTree(answer);
            boolean creates = exchange.path().startsWith("/containers/create");
            StreamSupport.stream((json.isArray() ? json : List.of(json)).spliterator(), false)
                    .filter(one ->
                            creates || isTheGames(one.has("Config") ? one.at("/Config/Labels") : one.path("Labels")))
                    .forEach(one -> ours.add(one.path("Id").asText()));
        } catch (JsonProcessingException none) {
            // It shows nothing.
        }
    }

    private static boolean isTheGames(JsonNode labels) {
        return labels.path("berth.owner").asText().equals("berth")
                && labels.path("berth.game").asText().equals(GAME.value());
    }
}
