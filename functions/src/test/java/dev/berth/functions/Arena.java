package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.DynamoHosts;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.Job;
import dev.berth.model.JobId;
import dev.berth.model.JobResult;
import dev.berth.model.LogHead;
import dev.berth.model.OpKind;
import dev.berth.model.OperationEntry;
import dev.berth.model.Outcome;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Clock;
import dev.berth.port.Game;
import dev.berth.wire.EntryJson;
import dev.berth.wire.JobJson;
import dev.berth.wire.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A host that one test has for itself, and what must hold for each game there while nobody is at it. */
final class Arena {
    private static final List<OpKind> RESTART = List.of(OpKind.STOP, OpKind.START, OpKind.RESTART);
    private static final Host.Capacity WIDE = new Host.Capacity(10_000_000, 10L << 40);

    private final LocalBerth berth;
    private final HostId host = new HostId(LocalBerth.newGame().value().replace("game", "host"));
    private final Map<GameId, Placement> placements = new HashMap<>();

    Arena(LocalBerth berth) {
        this.berth = berth;
        berth.hosts.register(new Host(
                host,
                berth.engine.endpoint(),
                berth.engine.tls().toString(),
                WIDE,
                Host.Capacity.NONE,
                HostState.ACTIVE,
                Map.of("name", host.value())));
    }

    ObjectNode startMessage(GameId game, String id) {
        ObjectNode message = berth.startOf(game, id);
        ((ObjectNode) message.path("spec").path("host_labels")).put("name", host.value());
        ((ObjectNode) message.path("spec")).put("settle_seconds", 0);
        return message;
    }

    /** A message that says no more than which game is meant. */
    static ObjectNode message(GameId game, String id) {
        return Json.object().put("game_id", game.value()).put("job_id", id);
    }

    static ObjectNode stopMessage(GameId game, String id) {
        return message(game, id).put("grace_seconds", 1);
    }

    Job start(GameId game, String id) {
        return job(OpKind.START, startMessage(game, id));
    }

    static Job stop(GameId game, String id) {
        return job(OpKind.STOP, stopMessage(game, id));
    }

    static Job restart(GameId game, String id, Instant requestedAt) {
        return JobJson.read(OpKind.RESTART, message(game, id).toString(), "message", requestedAt);
    }

    static Job job(OpKind kind, ObjectNode message) {
        return JobJson.read(kind, message.toString(), "message", Instant.now());
    }

    List<JsonNode> containers(GameId game) {
        return StreamSupport.stream(berth.containers(game).path("list").spliterator(), false)
                .toList();
    }

    List<JsonNode> running(GameId game) {
        return containers(game).stream()
                .filter(there -> there.path("State").asText().equals("running"))
                .toList();
    }

    /** Of each container of the game: what the engine says that it is doing. */
    Map<String, String> states(GameId game) {
        return containers(game).stream()
                .collect(Collectors.toMap(
                        there -> there.path("Id").asText(),
                        there -> there.path("State").asText()));
    }

    /** Takes the game's containers away once it is looked at no more; the engine would be full of them. */
    void clear(GameId game) {
        containers(game)
                .forEach(there -> berth.engine
                        .api()
                        .send("DELETE", "/containers/" + there.path("Id").asText() + "?force=true", ""));
    }

    void assertSettled(GameId game) {
        assertNobodyHolds(game);
        Optional<Game> item = berth.game(game);
        assertThat(item.flatMap(Game::deployment)).as("open deployment").isEmpty();
        assertThat(containers(game)).as("containers of " + game).hasSizeLessThanOrEqualTo(1);
        Optional<RuntimeRecord> record = item.flatMap(Game::record);
        assertThat(running(game))
                .extracting(there -> there.path("Id").asText())
                .isEqualTo(record.filter(told -> told.status() == RuntimeStatus.RUNNING).stream()
                        .map(told -> told.container().orElseThrow().id())
                        .toList());
        assertLog(item, game);
        assertReservations(game, record.flatMap(RuntimeRecord::placement));
    }

    /** Each of these jobs, none under an id that another one has too, has the entry that its result tells of. */
    void assertOneEntryEach(GameId game, List<JobResult> results) {
        List<OperationEntry> log = berth.entries(game);
        assertThat(results)
                .allSatisfy(result -> assertThat(log)
                        .filteredOn(entry -> entry.job().equals(result.job()))
                        .extracting(entry -> entry.seq())
                        .isEqualTo(result.seq().stream().toList()));
    }

    /** After its start the game was restarted by each of these jobs, by one after the other. */
    void assertRestartedOnceEach(GameId game, List<Job> jobs) {
        List<OperationEntry> log = berth.entries(game);
        assertThat(log).hasSize(1 + RESTART.size() * jobs.size());
        Set<JobId> restarted = new HashSet<>();
        for (int i = 1; i < log.size(); i += RESTART.size()) {
            List<OperationEntry> one = log.subList(i, i + RESTART.size());
            assertThat(one).extracting(OperationEntry::kind).isEqualTo(RESTART);
            assertThat(one).extracting(OperationEntry::outcome).containsOnly(Outcome.SUCCESS);
            assertThat(one)
                    .extracting(OperationEntry::job)
                    .containsOnly(one.getFirst().job());
            restarted.add(one.getFirst().job());
        }
        assertThat(restarted)
                .containsExactlyInAnyOrderElementsOf(
                        jobs.stream().map(job -> job.request().job()).toList());
    }

    private void assertNobodyHolds(GameId game) {
        assertThat(berth.item(game)).doesNotContainKeys("lease_owner", "lease_until", "stop_requested");
    }

    private void assertLog(Optional<Game> item, GameId game) {
        LogHead head = LogHead.EMPTY;
        Optional<RuntimeRecord> folded = Optional.empty();
        for (OperationEntry entry : berth.entries(game)) {
            assertThat(entry.seq()).isEqualTo(head.seq() + 1);
            assertThat(entry.prevHash()).isEqualTo(head.hash());
            head = new LogHead(entry.seq(), EntryJson.hash(entry));
            folded = entry.change().isPresent() ? entry.change() : folded;
        }
        assertThat(item.map(Game::head).orElse(LogHead.EMPTY)).isEqualTo(head);
        assertThat(item.flatMap(Game::record)).isEqualTo(folded);
    }

    private void assertReservations(GameId game, Optional<Placement> placement) {
        placement.ifPresentOrElse(there -> placements.put(game, there), () -> placements.remove(game));
        long vcpu = placements.values().stream()
                .mapToLong(there -> there.reserved().milliVcpu())
                .sum();
        long memory = placements.values().stream()
                .mapToLong(there -> there.reserved().memory().bytes())
                .sum();
        // Read anew: an adapter remembers hosts for a while.
        Host now = new DynamoHosts(berth.dynamo, berth.tables, Clock.system())
                .find(host)
                .orElseThrow();
        assertThat(now.reserved()).as("reserved on " + host).isEqualTo(new Host.Capacity(vcpu, memory));
    }
}
