package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An operator's day: hosts come, are emptied, are lost and go, while games run on two engines. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FleetIT {
    private static final String POOL = "pool=arenas";

    @TempDir
    static Path folder;

    private static RunningStack stack;

    @BeforeAll
    static void start() throws IOException {
        stack = RunningStack.start(folder, "--hosts", "2");
    }

    @AfterAll
    static void end() throws InterruptedException, IOException {
        stack.end();
    }

    @Test
    @Order(1)
    void looksAtAnEngineBeforeItBecomesAHost() throws IOException, InterruptedException {
        String dynamo = stack.local().path("endpoints").path("dynamodb").asText();
        String plain = "tcp://127.0.0.1:" + URI.create(dynamo).getPort();

        assertRefused(3, "tls_failed", stack.endpoint(1), stack.tls(2));
        assertRefused(3, "tls_failed", stack.endpoint(1), "nowhere");
        assertRefused(3, "tls_failed", plain, stack.tls(1));
        assertRefused(3, "host_unreachable", "tcp://127.0.0.1:1", stack.tls(1));
        assertRefused(2, "169.254.169.254", "tcp://169.254.169.254:2376", stack.tls(1));
        assertThat(hosts().map(host -> host.path("host_id").asText())).containsExactly("host-1", "host-2");
    }

    @Test
    @Order(2)
    void changesWhatWasSaidOfAHost() throws IOException, InterruptedException {
        Told told = add("host-1", stack.endpoint(1), "--label", POOL);

        assertThat(told.exitCode()).as(told.toString()).isZero();
        assertThat(told.out()).contains("host-1 at " + stack.endpoint(1) + " is active");
        assertThat(told.err()).contains("warning: host host-1: live-restore is off");
        assertThat(host("host-1").path("labels").path("pool").asText()).isEqualTo("arenas");
    }

    @Test
    @Order(3)
    void showsWhatGamesUse() throws IOException, InterruptedException {
        startGame("arena", "");
        startGame("lobby", "");
        startGame("match", ",\"labels\":{\"drain\":\"stop\"}");
        startGame("world", ",\"volumes\":[{\"name\":\"world\",\"path\":\"/world\"}]");

        assertThat(stack.run("ps", "--stats").out().lines().map(line -> line.split(" {2,}", -1)[2]))
                .containsExactly("HOST", "host-1", "host-1", "host-1", "host-1");
        ObjectNode stats = (ObjectNode) stack.json("ps", "world", "--stats").path("stats");
        assertThat(stats.path("memory_limit").asLong()).isEqualTo(64 << 20);
        assertThat(stats.path("memory_bytes").asLong()).isBetween(1L, 64L << 20);
        assertThat(stats.path("processors").isNumber()).isTrue();
        assertThat(stats.path("restarts").asInt()).isZero();
    }

    @Test
    @Order(4)
    void emptiesAHostAndNamesWhatCannotLeave() throws IOException, InterruptedException {
        assertThat(add("host-2", stack.endpoint(2), "--label", POOL).exitCode()).isZero();

        Told drain = stack.told("hosts", "drain", "host-1", "--json");

        assertThat(drain.exitCode()).as(drain.toString()).isEqualTo(1);
        assertThat(Launched.jsonLines(drain.out()).map(FleetIT::fate))
                .containsExactly("arena moved", "lobby moved", "match stopped", "world left", " ");
        assertThat(drain.out()).contains("its volumes are on this host");
        assertThat(stack.json("ps", "arena").path("host_id").asText()).isEqualTo("host-2");
        assertThat(stack.json("ps", "match").path("stop_reason").asText()).isEqualTo("drain");
        assertThat(stack.run("hosts").out()).contains("draining").contains("1 of 4 left, 1 blocked");
    }

    @Test
    @Order(5)
    void leavesToTheSweepsWhatNobodyWaitsFor() throws IOException, InterruptedException {
        Launched drain = Launched.in(folder, "hosts", "drain", "host-1");
        await().atMost(Launched.LIMIT).until(() -> Files.readString(drain.err()).contains("left"));

        drain.signal("INT");

        Told told = drain.end();
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.err()).contains("the drain of host-1 goes on by itself");
        assertThat(host("host-1").path("state").asText()).isEqualTo("draining");
    }

    @Test
    @Order(6)
    void callsADrainOff() throws IOException, InterruptedException {
        assertThat(stack.run("hosts", "undrain", "host-1").out()).contains("host host-1 is active");

        assertThat(host("host-1").has("drain")).isFalse();
    }

    @Test
    @Order(7)
    void removesAHostOnlyWhenItIsEmpty() throws IOException, InterruptedException {
        Told early = stack.told("hosts", "remove", "host-1");
        assertThat(early.exitCode()).isEqualTo(1);
        assertThat(early.err()).contains("has 1 game (world)");

        stack.run("stop", "world");
        Told drain = stack.run("hosts", "drain", "host-1");

        assertThat(drain.out()).contains("host host-1 is drained: 1 cleaned up");
        assertThat(stack.run("hosts", "remove", "host-1").out()).contains("host host-1 is removed");
        assertThat(hosts().map(host -> host.path("host_id").asText())).containsExactly("host-2");
        Told again = stack.told("hosts", "drain", "host-1");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("not_found: no host host-1");
    }

    @Test
    @Order(8)
    void keepsAnEngineAndItsIdTogether() throws IOException, InterruptedException {
        String alias = stack.endpoint(2).replace("127.0.0.1", "localhost");
        assertRefused(1, "this engine is host host-2 already", alias, stack.tls(2));
        assertRefused(1, "host host-2 is at " + stack.endpoint(2) + " already", stack.endpoint(2), stack.tls(2));
        for (List<String> more : List.of(List.<String>of(), List.of("--no-check"))) {
            Told other = add("host-2", stack.endpoint(1), stack.tls(1), more);
            assertThat(other.exitCode()).as(other.toString()).isEqualTo(1);
            assertThat(other.err()).contains("another engine").contains("it has 2 games");
        }
        assertThat(host("host-2").path("endpoint").asText()).isEqualTo(stack.endpoint(2));
        assertThat(add("host-2", alias, stack.tls(2), List.of("--label", POOL)).exitCode())
                .isZero();

        assertThat(add("host-1", stack.endpoint(1), "--label", POOL).exitCode()).isZero();
        assertThat(host("host-1").path("engine").asText())
                .isNotEmpty()
                .isNotEqualTo(host("host-2").path("engine").asText());
    }

    @Test
    @Order(9)
    void aHostThatIsLostFreesItsGames() throws IOException, InterruptedException {
        List<String> unchecked = List.of("--label", POOL, "--no-check");
        Told cut = add("host-2", stack.endpoint(2).replace("127.0.0.1", "localhost"), stack.tls(1), unchecked);
        assertThat(cut.exitCode()).as(cut.toString()).isZero();
        Told stats = stack.run("ps", "--stats");
        assertThat(stats.err()).contains("host host-2: tls_failed");
        assertThat(stats.out()).containsPattern("arena +running +host-2 +- +- +0");

        Told lost = stack.run("hosts", "lost", "host-2");

        assertThat(lost.out()).contains("given up, with 2 games").contains("two containers");
        await().atMost(Launched.LIMIT).until(() -> stack.run("ps").out().split("lost", -1).length == 3);
        assertThat(stack.run("hosts").out()).contains("given up by an operator");
        assertThat(startGame("arena", "").path("host_id").asText()).isEqualTo("host-1");
        Told remove = stack.told("hosts", "remove", "host-2");
        assertThat(remove.exitCode()).isEqualTo(1);
        assertThat(remove.err()).contains("has 1 game (lobby)");
    }

    @Test
    @Order(10)
    void aHostThatComesBackIsEmptiedOfWhatIsStillItsOwn() throws IOException, InterruptedException {
        keepMaterialAsASecret("hosts/host-2");
        String tls = "secret:hosts/host-2";
        Told back =
                stack.run("hosts", "add", "host-2", stack.endpoint(2), "--tls", tls, "--vcpu", "2", "--memory", "2G");
        assertThat(back.out()).contains("is lost");

        Told drain = stack.run("hosts", "drain", "host-2");

        assertThat(drain.out()).contains("host host-2 is drained: 1 moved");
        assertThat(stack.json("ps", "lobby").path("host_id").asText()).isEqualTo("host-1");
        assertThat(stack.run("log", "lobby").out())
                .containsPattern("reconcile_adopt .* auto_reconcile .* lost on host-2");
        assertThat(stack.run("log", "lobby", "--verify").out()).contains("verified");
    }

    /** The game and what became of it; neither for the host's own line. */
    private static String fate(ObjectNode line) {
        return line.path("game_id").asText() + " " + line.path("drain").asText();
    }

    private static void assertRefused(int exitCode, String why, String endpoint, String tls)
            throws IOException, InterruptedException {
        Told told = stack.told("hosts", "add", "new", endpoint, "--tls", tls, "--vcpu", "1", "--memory", "1G");
        assertThat(told.exitCode()).as(told.toString()).isEqualTo(exitCode);
        assertThat(told.err()).contains(why);
    }

    private static Told add(String id, String endpoint, String... more) throws IOException, InterruptedException {
        return add(id, endpoint, stack.tls(id.equals("host-1") ? 1 : 2), List.of(more));
    }

    private static Told add(String id, String endpoint, String tls, List<String> more)
            throws IOException, InterruptedException {
        Stream<String> what = Stream.of("hosts", "add", id, endpoint, "--tls", tls, "--vcpu", "2", "--memory", "2G");
        return stack.told(Stream.concat(what, more.stream()).toArray(String[]::new));
    }

    private static void keepMaterialAsASecret(String name) throws IOException {
        ObjectNode material = Json.object();
        for (String piece : List.of("ca", "cert", "key")) {
            material.put(piece, Files.readString(Path.of(stack.tls(2)).resolve(piece + ".pem")));
        }
        Files.writeString(
                folder.resolve(".berth/secrets.json"), Json.write(Json.object().put(name, Json.write(material))));
    }

    private static ObjectNode startGame(String game, String more) throws IOException, InterruptedException {
        Path spec = Files.writeString(
                folder.resolve(game + ".json"),
                "{\"memory\":\"64M\",\"vcpu\":0.1,\"stop\":{\"grace_seconds\":2},\"host_labels\":{\"pool\":\"arenas\"}"
                        + more + "}");
        ObjectNode result = stack.startGame(game, spec);
        assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("success");
        return result;
    }

    private static Stream<ObjectNode> hosts() throws IOException, InterruptedException {
        return Launched.jsonLines(stack.run("hosts", "--json").out());
    }

    private static ObjectNode host(String id) throws IOException, InterruptedException {
        return hosts().filter(host -> host.path("host_id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
