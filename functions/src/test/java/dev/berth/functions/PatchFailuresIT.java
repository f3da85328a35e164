package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.docker.Certificates;
import dev.berth.local.docker.Certificates.Request;
import dev.berth.local.docker.LocalRegistry;
import dev.berth.local.docker.LocalRegistry.Account;
import dev.berth.local.docker.RegistryTrust;
import dev.berth.model.GameId;
import dev.berth.model.ImagePolicy;
import dev.berth.model.Job;
import dev.berth.model.JobResult;
import dev.berth.model.Limits;
import dev.berth.model.OpKind;
import dev.berth.port.Clock;
import dev.berth.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of a patch: the game answers afterwards, as it did before, or was never touched at all. */
@ExtendWith(LocalBerth.Provided.class)
class PatchFailuresIT {
    private static final String SECRET = "not-for-the-log";
    private static final Account ACCOUNT = new Account("berth", "open:sesame");

    @TempDir
    Path directory;

    private final LocalBerth berth;
    private final Handler handler;
    private final GameId game = LocalBerth.newGame();
    private final LiveGame live;
    private final ObjectNode start;

    PatchFailuresIT(LocalBerth berth) {
        this.berth = berth;
        handler = new Handler(berth, Clock.system());
        live = new LiveGame(berth, game);
        start = berth.startOf(game, game + "-start");
    }

    @BeforeEach
    void sayASecretAtEachStart() {
        ObjectNode spec = (ObjectNode) start.path("spec");
        spec.put("settle_seconds", 1);
        spec.putObject("env").put("TOKEN", SECRET);
        command("echo the token is $TOKEN; exec /game.sh");
    }

    @AfterEach
    void stop() {
        handler.finish(Arena.stop(game, game + "-stop"));
        handler.close();
    }

    // --- the new container does not come up ---

    @Test
    void bringsTheOldContainerBackIfTheNewOneExits() {
        ObjectNode result = failingPatch(berth.images.get("broken"), "container_start_failed");

        assertThat(result.path("error_message").asText())
                .contains("exit code 1", "the token is ***", "the world file is missing")
                .doesNotContain(SECRET);
    }

    @Test
    void bringsTheOldContainerBackIfTheNewOneNeverGetsHealthy() {
        ObjectNode health = ((ObjectNode) start.path("spec")).putObject("health");
        health.putArray("command").add("sh").add("-c").add("test \"$(cat /www/index.html)\" = \"demo game 1.0.0\"");
        health.put("interval_seconds", 1).put("timeout_seconds", 10).put("retries", 2);

        ObjectNode result = failingPatch(berth.images.get("1.0.1"), "container_unhealthy");

        assertThat(result.path("error_message").asText())
                .contains("the health check failed", "the token is ***", "demo game 1.0.1 listens")
                .doesNotContain(SECRET);
    }

    @Test
    void tellsTheLastFiftyLinesOfTheOneThatExits() {
        String lines = "i=1; while test $i -le 60; do echo \"line $i.\"; i=$((i+1)); done";
        command(lines + "; test \"$(cat /www/index.html)\" = \"demo game 1.0.0\" && exec /game.sh; exit 1");

        ObjectNode result = failingPatch(berth.images.get("1.0.1"), "container_start_failed");

        assertThat(result.path("error_message").asText().lines().filter(line -> line.startsWith("line ")))
                .map(line -> line.substring(0, line.indexOf('.')))
                .isEqualTo(IntStream.rangeClosed(11, 60)
                        .mapToObj(number -> "line " + number)
                        .toList());
    }

    private ObjectNode failingPatch(String image, String code) {
        return failing(() -> patch(image), OpKind.PATCH, code);
    }

    private ObjectNode failing(Supplier<ObjectNode> job, OpKind kind, String code) {
        handler.finish(Arena.job(OpKind.START, start));
        live.write("kept.html", "kept");
        String container = live.container();
        int port = live.port();

        ObjectNode result = job.get();

        assertRolledBack(result, code);
        assertThat(live.container()).isEqualTo(container);
        assertThat(live.port()).isEqualTo(port);
        assertThat(live.names()).containsExactly("berth_" + game);
        assertThat(live.answer()).isEqualTo("demo game 1.0.0");
        assertThat(live.page("kept.html")).contains("kept");
        assertThat(kinds()).containsExactly(OpKind.START, OpKind.STOP, kind);
        assertThat(berth.entries(game).toString()).doesNotContain(SECRET);
        return result;
    }

    /** Whoever sees that the world is closed and has not been there before leaves at once. */
    @Test
    void bringsTheOldContainerBackIfTheNewOneOfARestartExits() {
        ((ObjectNode) start.path("spec"))
                .putArray("volumes")
                .addObject()
                .put("name", "world")
                .put("path", "/www/world");
        command("me=/www/world/$(cat /etc/hostname); test -e /www/world/closed && test ! -e $me && exit 1;"
                + " touch $me; exec /game.sh");

        failing(
                () -> {
                    live.write("world/closed", "closed");
                    return restart(1);
                },
                OpKind.RESTART,
                "container_start_failed");
    }

    private void command(String script) {
        ((ObjectNode) start.path("spec"))
                .putArray("command")
                .add("sh")
                .add("-c")
                .add(script);
    }

    // --- the image cannot be had ---

    @Test
    void touchesNothingIfTheRegistryDoesNotHaveTheImage() {
        try (LocalRegistry registry = LocalRegistry.start(directory, _ -> {})) {
            Untouched before = startAs(registry.reference("games/arena:1.0.0"));

            ObjectNode result = patch(registry.reference("games/arena:1.0.1"));

            assertRolledBack(result, "image_not_found");
            before.assertStill();
            assertThat(kinds()).containsExactly(OpKind.START, OpKind.PATCH);
        }
    }

    @Test
    void touchesNothingIfTheRegistryRefusesToGiveTheImage() {
        Certificates authority = Certificates.newAuthority("registry");
        String address = berth.engine.address();
        try (LocalRegistry registry = LocalRegistry.startSecured(directory, address, authority, ACCOUNT, _ -> {});
                RegistryTrust _ = RegistryTrust.in(
                        registry.name(),
                        authority.issue(Request.server(address)).caPem())) {
            String image = registry.reference("games/arena:1.0.1");
            berth.engine.api().push(berth.images.get("1.0.1"), image, ACCOUNT);
            Untouched before = startAs(registry.reference("games/arena:1.0.0"));

            ObjectNode result = patch(image);

            assertRolledBack(result, "image_denied");
            before.assertStill();
            assertThat(kinds()).containsExactly(OpKind.START, OpKind.PATCH);
        }
    }

    @Test
    void touchesNothingIfTheImageOfARestartIsGoneAndSoIsItsRegistry() {
        Untouched before;
        try (LocalRegistry registry = LocalRegistry.start(directory, _ -> {})) {
            String image = registry.reference("games/gone:1.0.0");
            berth.engine.api().push(berth.images.get("1.0.0"), image);
            start.put("image_ref", image);
            before = start();
            berth.engine.api().send("DELETE", "/images/" + image + "?force=true", "");
        }

        ObjectNode result = restart(Limits.MAX_DELIVERIES);

        assertRolledBack(result, "image_pull_failed");
        before.assertStill();
        assertThat(kinds()).containsExactly(OpKind.START, OpKind.RESTART);
    }

    /** Starts the game from an image that this engine has under that name, and no registry. */
    private Untouched startAs(String image) {
        berth.tag(berth.images.get("1.0.0"), image);
        start.put("image_ref", image);
        return start();
    }

    // --- the patch is refused, or would change nothing ---

    @Test
    void refusesAnotherMinorVersion() {
        assertRefused("berth-demo/game:1.1.0", "semver_patch_only");
    }

    @Test
    void refusesAnotherRepository() {
        assertRefused("berth-demo/other:1.0.1", "semver_patch_only");
    }

    @Test
    void refusesATagThatTellsNoVersion() {
        assertRefused("berth-demo/game:latest", "image_ref_not_semver");
    }

    private void assertRefused(String image, String code) {
        Untouched before = start();

        ObjectNode result = patch(image);

        assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("failure");
        assertThat(result.path("effect").asText()).isEqualTo("noop");
        assertThat(result.path("error_code").asText()).isEqualTo(code);
        before.assertStill();
        assertThat(kinds()).containsExactly(OpKind.START, OpKind.PATCH);
    }

    @Test
    void refusesAnImageThatIsNotOnTheAllowList() {
        Untouched before = start();
        ImagePolicy others = ImagePolicy.parse("berth-demo/other, registry.example/games/*", "");
        try (Handler strict = new Handler(berth, Clock.system(), others)) {
            Job patch = Arena.job(OpKind.PATCH, patchMessage(berth.images.get("1.0.1")));

            JobResult result = strict.finish(patch);

            assertThat(result.failure().orElseThrow().code().wire()).isEqualTo("image_not_allowed");
        }
        before.assertStill();
    }

    @Test
    void findsNothingToDoIfTheTagMeansWhatRunsAlready() {
        Untouched before = start();
        berth.tag(berth.images.get("1.0.0"), "berth-demo/game:1.0.9");

        ObjectNode result = patch("berth-demo/game:1.0.9");

        assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("success");
        assertThat(result.path("effect").asText()).isEqualTo("noop");
        before.assertStill();
        assertThat(kinds()).containsExactly(OpKind.START, OpKind.PATCH);
    }

    // --- a game, its patch, and what the engine says of both ---

    private Untouched start() {
        handler.finish(Arena.job(OpKind.START, start));
        assertThat(live.answer()).isEqualTo("demo game 1.0.0");
        return new Untouched(berth, live);
    }

    private ObjectNode patch(String image) {
        return done("PatchFunction", patchMessage(image), 1);
    }

    private ObjectNode restart(int delivery) {
        return done("RestartFunction", Arena.message(game, game + "-restart"), delivery);
    }

    private ObjectNode done(String function, ObjectNode message, int delivery) {
        String payload = berth.deliver(function, message, delivery);
        assertThat(Json.parse(payload).path("batchItemFailures")).as(payload).isEmpty();
        return berth.results.await(message.path("job_id").asText());
    }

    private ObjectNode patchMessage(String image) {
        return Arena.message(game, game + "-patch").put("image_ref", image);
    }

    private static void assertRolledBack(ObjectNode result, String code) {
        assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("failure");
        assertThat(result.path("effect").asText()).isEqualTo("rolled_back");
        assertThat(result.path("error_code").asText()).isEqualTo(code);
    }

    private List<OpKind> kinds() {
        return berth.entries(game).stream().map(entry -> entry.kind()).toList();
    }
}
