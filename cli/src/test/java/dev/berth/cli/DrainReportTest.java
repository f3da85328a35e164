package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.action.Deployment;
import dev.berth.action.Deployment.Status;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.StopReason;
import dev.berth.port.Game;
import dev.berth.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DrainReportTest {
    private static final Host HOST = Samples.draining(
            Samples.drain("a").withBlocked(Map.of(new GameId("world"), "its volumes are on this host")));
    private static final RuntimeRecord HERE = Samples.runningOn("host-1");
    private static final RuntimeRecord STOPPED = HERE.stopped(Samples.exit(0, false), StopReason.DRAIN);

    @Test
    void namesWhereAGameHasGone() {
        assertThat(report(Samples.game("arena", Samples.runningOn("host-2"))).table())
                .containsExactly("GAME   DRAIN  NOW", "arena  moved  running on host-2");
    }

    @Test
    void tellsWhatWasStoppedForTheDrainFromWhatHadEndedBefore() {
        RuntimeRecord ended = HERE.stopped(Samples.exit(0, false), StopReason.FINISHED);

        DrainReport report = report(Samples.game("lobby", STOPPED.removed()), Samples.game("match", ended.removed()));

        assertThat(report.table())
                .containsExactly("GAME   DRAIN       NOW", "lobby  stopped     removed", "match  cleaned up  removed");
    }

    @Test
    void tellsWhyAGameIsLeft() {
        Deployment open = new Deployment(
                "op-0123456789ab",
                "restart",
                "{}",
                Status.RUNNING,
                1,
                "pull the image",
                8,
                0,
                "{}",
                1,
                Samples.NOW,
                List.of(),
                Optional.empty(),
                Optional.empty());

        DrainReport report = report(
                Samples.game("world", HERE), Samples.game("lobby", STOPPED), opened(Samples.game("arena", HERE), open));

        assertThat(report.table())
                .containsExactly(
                        "GAME   DRAIN  NOW",
                        "world  left   its volumes are on this host",
                        "lobby  left   stopped",
                        "arena  left   restart, step 2 of 8: pull the image");
    }

    @Test
    void countsWhatThereIs() {
        assertThat(report(
                                Samples.game("arena", Samples.runningOn("host-2")),
                                Samples.game("world", HERE),
                                Samples.game("match", Samples.runningOn("host-3")))
                        .summary())
                .isEqualTo("host host-1 is draining: 2 moved, 1 left");
    }

    @Test
    void saysOfAHostThatWasEmptyOnlyThatItIs() {
        DrainReport report = DrainReport.of(Samples.host(HostState.DRAINED, HostNotes.NONE), Map.of());

        assertThat(report.table()).isEmpty();
        assertThat(report.summary()).isEqualTo("host host-1 is drained");
    }

    @Test
    void doesNotHideAGameOfWhichNothingIsRecorded() {
        DrainReport report = DrainReport.of(HOST, Map.of(new GameId("ghost"), Optional.empty()));

        assertThat(report.summary()).isEqualTo("host host-1 is draining: 1 cleaned up");
    }

    @Test
    void tellsProgramsOfEachGameAndThenOfTheHost() {
        DrainReport report = report(Samples.game("arena", Samples.runningOn("host-2")), Samples.game("world", HERE));

        assertThat(report.json().stream().map(Json::write).map(Json::parse))
                .containsExactly(Json.parse("""
                                {"game_id": "arena", "drain": "moved", "on_host": "host-2",
                                 "now": "running on host-2"}"""), Json.parse("""
                                {"game_id": "world", "drain": "left", "on_host": "host-1",
                                 "now": "its volumes are on this host"}"""), Json.parse("""
                                {"host_id": "host-1", "state": "draining", "moved": 1, "stopped": 0, "cleaned_up": 0,
                                 "left": 1}"""));
    }

    private static Game opened(Game game, Deployment open) {
        return new Game(
                game.id(),
                game.fence(),
                game.record(),
                game.spec(),
                game.head(),
                Optional.of(open),
                game.lastRequestedAt(),
                game.dueAt());
    }

    private static DrainReport report(Game... games) {
        Map<GameId, Optional<Game>> known = new LinkedHashMap<>();
        for (Game game : games) {
            known.put(game.id(), Optional.of(game));
        }
        return DrainReport.of(HOST, known);
    }
}
