package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.DynamoBlobs;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.aws.DynamoOperationLog;
import dev.berth.aws.Tables;
import dev.berth.docker.DockerHosts;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import dev.berth.model.ImagePolicy;
import dev.berth.model.Job;
import dev.berth.model.JobResult;
import dev.berth.model.OpKind;
import dev.berth.model.Outcome;
import dev.berth.model.RuntimeRecord;
import dev.berth.operation.Delivery;
import dev.berth.operation.Operations;
import dev.berth.operation.Verdict;
import dev.berth.operation.World;
import dev.berth.port.ContainerHosts;
import dev.berth.port.Game;
import dev.berth.port.Games;
import dev.berth.port.Hosts;
import dev.berth.port.OperationLog;
import dev.berth.wire.JobJson;
import dev.berth.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** A stack that one test has for itself on the three hosts, with a clock that it moves and schedules that it calls. */
final class LocalFleet implements AutoCloseable {
    /** Ends with 0 at TERM and USR2, with 3 at USR1, and takes all the memory that there is at HUP. */
    private static final String GAME = "trap 'exit 0' TERM USR2; trap 'exit 3' USR1;"
            + " trap 'exec busybox tail /dev/zero' HUP; echo ready; sleep 100000 & wait";

    private static final Host.Capacity WIDE = new Host.Capacity(64_000, 256L << 30);
    private static final Duration SHORT = Duration.ofSeconds(1);

    final Fleet fleet;
    final String stack;
    final Tables tables;
    final MovedClock clock = new MovedClock();
    final Games games;
    final Hosts hosts;
    final OperationLog log;
    final World world;
    final Schedules schedules = new Schedules(this);
    private final DockerHosts docker = new DockerHosts();
    private final Set<HostId> frozen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger jobs = new AtomicInteger();
    private final Map<HostId, Someone> people = new ConcurrentHashMap<>();

    LocalFleet(Fleet fleet) {
        this.fleet = fleet;
        stack = fleet.newStack();
        tables = Tables.of(stack);
        games = new DynamoGames(fleet.berth.dynamo, tables, clock);
        hosts = new DynamoHosts(fleet.berth.dynamo, tables, clock);
        log = new DynamoOperationLog(fleet.berth.dynamo, tables);
        world = world(
                games, hosts, (host, left, ended) -> docker.connect(host, () -> patience(host, left.get()), ended));
        Fleet.HOSTS.forEach(this::register);
    }

    /** The same world with other ways to it. */
    World world(Games otherGames, Hosts otherHosts, ContainerHosts engines) {
        return new World(
                stack,
                otherGames,
                new DynamoBlobs(fleet.berth.dynamo, tables),
                otherHosts,
                engines,
                _ -> Optional.empty(),
                ImagePolicy.OPEN,
                new Unheard(),
                _ -> {},
                clock);
    }

    private void register(HostId host) {
        hosts.register(new Host(
                host,
                fleet.engine(host).endpoint(),
                fleet.engine(host).tls().toString(),
                WIDE,
                Host.Capacity.NONE,
                HostState.ACTIVE,
                Map.of("name", host.value())));
    }

    // --- jobs ---

    /** Starts a game that is bound to that host. */
    GameId started(HostId host) {
        return started(host, _ -> {});
    }

    /** @param more changes its spec */
    GameId started(HostId host, Consumer<ObjectNode> more) {
        return started(spec -> {
            spec.putObject("host_labels").put("name", host.value());
            more.accept(spec);
        });
    }

    /** Starts a game somewhere. */
    GameId started(Consumer<ObjectNode> more) {
        GameId game = LocalBerth.newGame();
        ObjectNode start = message(game).put("image_ref", fleet.image);
        ObjectNode spec =
                start.putObject("spec").put("vcpu", 0.05).put("memory", "32M").put("settle_seconds", 0);
        spec.putArray("command").add("sh").add("-c").add(GAME);
        more.accept(spec);
        done(OpKind.START, start);
        return game;
    }

    /** Whatever is started somewhere meanwhile is started on that host. */
    <T> T onlyOn(HostId host, Supplier<T> starts) {
        List<HostId> others =
                Fleet.HOSTS.stream().filter(other -> !other.equals(host)).toList();
        others.forEach(other -> change(other, HostState.DRAINING, host(other).notes()));
        T started = starts.get();
        others.forEach(other -> change(other, HostState.ACTIVE, host(other).notes()));
        return started;
    }

    /** A message that says no more than which game is meant. */
    ObjectNode message(GameId game) {
        return Json.object().put("game_id", game.value()).put("job_id", game + "-" + jobs.incrementAndGet());
    }

    void done(OpKind kind, ObjectNode message) {
        JobResult result = finish(JobJson.read(kind, message.toString(), "message", clock.now()));
        assertThat(result.outcome()).as("%s", result.failure()).isEqualTo(Outcome.SUCCESS);
    }

    /** Delivers the job until it is done. */
    JobResult finish(Job job) {
        Verdict verdict = Awaitility.await("the end of " + job)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> new Operations(world).perform(job, Delivery.until(soon())),
                        Verdict.Done.class::isInstance);
        return ((Verdict.Done) verdict).result();
    }

    /** When an attempt that begins now must have come to its end. */
    Instant soon() {
        return clock.now().plus(Duration.ofMinutes(2));
    }

    // --- schedules ---

    /** Whatever the schedules do in a minute. */
    void sweep() {
        schedules.minute(world);
    }

    void sweepTwice() {
        sweep();
        sweep();
    }

    // --- hosts ---

    Host host(HostId host) {
        return hosts.read(host).orElseThrow();
    }

    /** Who has that engine's API at hand. */
    Someone at(HostId host) {
        return people.computeIfAbsent(host, there -> new Someone(fleet.engine(there)));
    }

    /** An operator's word on a host. */
    void change(HostId host, HostState state, HostNotes notes) {
        assertThat(hosts.change(host(host), state, notes)).isTrue();
    }

    /** Its engine takes connections and answers nothing; nobody waits for it for long, as the test has not that time. */
    void freeze(HostId host) {
        frozen.add(host);
        fleet.engine(host).freeze();
    }

    void thaw(HostId host) {
        fleet.engine(host).thaw();
        frozen.remove(host);
    }

    private Duration patience(Host host, Duration left) {
        return frozen.contains(host.id()) && SHORT.compareTo(left) < 0 ? SHORT : left;
    }

    // --- what is recorded ---

    RuntimeRecord record(GameId game) {
        return games.find(game).flatMap(Game::record).orElseThrow();
    }

    String container(GameId game) {
        return record(game).container().orElseThrow().id();
    }

    HostId hostOf(GameId game) {
        return record(game).host().orElseThrow();
    }

    /** Takes all containers away; the engines would be full of them. */
    @Override
    public void close() {
        frozen.forEach(this::thaw);
        Fleet.HOSTS.parallelStream().map(this::at).forEach(someone -> someone.clear(stack));
        people.values().forEach(Someone::close);
        docker.close();
    }
}
