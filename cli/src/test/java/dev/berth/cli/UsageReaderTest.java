package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import dev.berth.model.OperationFailed;
import dev.berth.model.StopReason;
import dev.berth.port.ContainerHost.Usage;
import dev.berth.port.Game;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UsageReaderTest {
    private static final Usage HALF = new Usage(0.125, 16 << 20, 64 << 20);
    private static final Host HOST = Samples.host(HostState.ACTIVE, HostNotes.NONE);

    @Test
    void tellsWhatAGameUsesOfWhatItMay() {
        UsageReader usages = new UsageReader(_ -> Optional.of(HOST), (_, _) -> _ -> Optional.of(HALF));
        List<Game> games = List.of(Samples.game("arena", Samples.runningOn("host-1")));

        usages.read(games);

        assertThat(new UsageTable(usages).lines(games))
                .containsExactly(
                        "GAME   STATUS   HOST    CPU    MEMORY       RESTARTS",
                        "arena  running  host-1  50.0%  16.0M / 64M  0");
        assertThat(new UsageTable(usages).json(games.getFirst()).path("stats").toString())
                .isEqualTo("{\"processors\":0.125,\"memory_bytes\":16777216,\"memory_limit\":67108864,\"restarts\":0}");
    }

    @Test
    void asksOnlyAboutWhatRuns() {
        AtomicInteger asked = new AtomicInteger();
        UsageReader usages = new UsageReader(_ -> Optional.of(HOST), (_, _) -> _ -> {
            asked.incrementAndGet();
            return Optional.of(HALF);
        });
        Game stopped =
                Samples.game("arena", Samples.runningOn("host-1").stopped(Samples.exit(0, false), StopReason.FINISHED));

        usages.read(List.of(stopped));

        assertThat(asked).hasValue(0);
        assertThat(new UsageTable(usages).lines(List.of(stopped)).getLast()).contains("stopped  host-1  -    -");
    }

    @Test
    void aHostThatDoesNotAnswerKeepsNobodyElseFromAnswering() {
        CountDownLatch others = new CountDownLatch(1);
        UsageReader usages = new UsageReader(id -> Optional.of(named(id)), (host, _) -> _ -> {
            if (host.id().value().equals("frozen")) {
                await(others);
                throw new OperationFailed(ErrorCode.HOST_UNREACHABLE, "no answer");
            }
            others.countDown();
            return Optional.of(HALF);
        });

        usages.read(List.of(
                Samples.game("arena", Samples.runningOn("frozen")),
                Samples.game("match", Samples.runningOn("host-2"))));

        assertThat(usages.of(new GameId("match"))).contains(HALF);
        assertThat(usages.of(new GameId("arena"))).isEmpty();
        assertThat(usages.problems()).isEqualTo(Map.of(new HostId("frozen"), "host_unreachable: no answer"));
    }

    @Test
    void aHostThatDoesNotAnswerIsNotAskedForEachOfItsGames() {
        AtomicInteger asked = new AtomicInteger();
        UsageReader usages = new UsageReader(_ -> Optional.of(HOST), (_, _) -> _ -> {
            asked.incrementAndGet();
            throw new OperationFailed(ErrorCode.HOST_UNREACHABLE, "no answer");
        });

        usages.read(IntStream.range(0, 500)
                .mapToObj(number -> Samples.game("game-" + number, Samples.runningOn("host-1")))
                .toList());

        assertThat(asked.get()).isLessThan(50);
    }

    @Test
    void tellsThatAHostIsNotRegisteredAnyMore() {
        UsageReader usages = new UsageReader(_ -> Optional.empty(), (_, _) -> _ -> Optional.of(HALF));

        usages.read(List.of(Samples.game("arena", Samples.runningOn("host-1"))));

        assertThat(usages.problems()).containsValue("not_found: the host is not registered");
    }

    private static Host named(HostId id) {
        return new Host(id, HOST.endpoint(), HOST.tls(), HOST.capacity(), HOST.reserved(), HOST.state(), HOST.labels());
    }

    private static void await(CountDownLatch others) {
        try {
            assertThat(others.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
