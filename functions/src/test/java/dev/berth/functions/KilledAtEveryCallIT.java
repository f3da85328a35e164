package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.OpKind;
import dev.berth.model.OperationEntry;
import dev.berth.model.Outcome;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Clock;
import dev.berth.port.Game;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sandbox dies before each single call that an operation makes; then the message is delivered again. */
@ExtendWith(LocalBerth.Provided.class)
@Tag("kills")
class KilledAtEveryCallIT {
    private static final int CALLS_OF_A_START = 10;
    private static final int CALLS_OF_A_STOP = 7;
    private static final int CALLS_OF_A_RESTART = 18;
    private static final int CALLS_OF_A_ROLLBACK = 18;
    private static final int CALLS_OF_A_CLEANUP = 8;

    private final LocalBerth berth;
    private final Arena arena;
    private final Handler handler;
    private final DoomedSandbox sandbox;

    KilledAtEveryCallIT(LocalBerth berth, @TempDir Path directory) {
        this.berth = berth;
        arena = new Arena(berth);
        handler = new Handler(berth, Clock.system());
        sandbox = new DoomedSandbox(berth, directory);
    }

    @AfterEach
    void close() {
        sandbox.close();
        handler.close();
    }

    @Test
    void aStartEndsWithOneRunningContainerWhereverItsFunctionDies() {
        everywhere(CALLS_OF_A_START, (game, call) -> {
            boolean died =
                    sandbox.diesAndComesBack(OpKind.START, arena.startMessage(game, game + "-start"), game, call);

            assertThat(arena.running(game)).hasSize(1);
            assertEnded(game, RuntimeStatus.RUNNING, OpKind.START);
            return died;
        });
    }

    @Test
    void aStopEndsWithOneStoppedContainerWhereverItsFunctionDies() {
        everywhere(CALLS_OF_A_STOP, (game, call) -> {
            handler.finish(arena.start(game, game + "-start"));
            boolean died = sandbox.diesAndComesBack(OpKind.STOP, Arena.stopMessage(game, game + "-stop"), game, call);

            assertThat(arena.containers(game)).hasSize(1);
            assertThat(arena.running(game)).isEmpty();
            assertEnded(game, RuntimeStatus.STOPPED, OpKind.START, OpKind.STOP);
            return died;
        });
    }

    @Test
    void aRestartEndsWithOneNewContainerInTheOldPlaceWhereverItsFunctionDies() {
        everywhere(CALLS_OF_A_RESTART, (game, call) -> {
            Before before = running(game, 0);
            boolean died = sandbox.diesAndComesBack(OpKind.RESTART, Arena.message(game, game + "-restart"), game, call);

            assertReplaced(game, before, "demo game 1.0.0");
            assertEnded(game, RuntimeStatus.RUNNING, OpKind.START, OpKind.STOP, OpKind.START, OpKind.RESTART);
            return died;
        });
    }

    /** Its calls are those of a restart; the odd and the even ones wait side by side. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aPatchEndsWithTheNewVersionInTheOldPlaceWhereverItsFunctionDies(int first) {
        everywhere(first, 2, CALLS_OF_A_RESTART, (game, call) -> {
            Before before = running(game, 0);
            ObjectNode patch = Arena.message(game, game + "-patch").put("image_ref", berth.images.get("1.0.1"));
            boolean died = sandbox.diesAndComesBack(OpKind.PATCH, patch, game, call);

            assertReplaced(game, before, "demo game 1.0.1");
            assertEnded(game, RuntimeStatus.RUNNING, OpKind.START, OpKind.STOP, OpKind.START, OpKind.PATCH);
            return died;
        });
    }

    /** The longest of all, and so in halves too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aPatchThatFailsLeavesTheOldContainerAsItWasWhereverItsFunctionDies(int first) {
        everywhere(first, 2, CALLS_OF_A_ROLLBACK, (game, call) -> {
            // A container that ends at once must not be taken for well.
            Before before = running(game, 1);
            ObjectNode patch = Arena.message(game, game + "-patch").put("image_ref", berth.images.get("broken"));
            boolean died = sandbox.diesAndComesBack(OpKind.PATCH, patch, game, call);

            assertThat(before.live().container()).isEqualTo(before.container());
            assertThat(before.live().port()).isEqualTo(before.port());
            assertThat(before.live().names()).containsExactly("berth_" + game);
            assertThat(before.live().answer()).isEqualTo("demo game 1.0.0");
            assertThat(before.live().page("kept.html")).contains("kept");
            assertLogged(game, RuntimeStatus.RUNNING, OpKind.START, OpKind.STOP, OpKind.PATCH);
            assertThat(last(game).effect()).isEqualTo(Effect.ROLLED_BACK);
            assertThat(last(game).failure().orElseThrow().code()).isEqualTo(ErrorCode.CONTAINER_START_FAILED);
            assertOneResult(game, Outcome.FAILURE);
            return died;
        });
    }

    @Test
    void aCleanupLeavesNothingWhereverItsFunctionDies() {
        everywhere(CALLS_OF_A_CLEANUP, (game, call) -> {
            handler.finish(arena.start(game, game + "-start"));
            handler.finish(Arena.stop(game, game + "-stop"));
            ObjectNode cleanup = Arena.message(game, game + "-cleanup");
            boolean died = sandbox.diesAndComesBack(OpKind.CLEANUP_CONTAINER, cleanup, game, call);

            assertThat(arena.containers(game)).isEmpty();
            assertEnded(game, RuntimeStatus.REMOVED, OpKind.START, OpKind.STOP, OpKind.CLEANUP_CONTAINER);
            return died;
        });
    }

    /** A game that is to be led through one death, and what it looked like before. */
    private record Before(LiveGame live, String container, int port) {}

    private interface Death {
        /** @return whether there was such a call to die before */
        boolean before(GameId game, int call);
    }

    private void everywhere(int atLeast, Death death) {
        everywhere(1, 1, atLeast, death);
    }

    private void everywhere(int first, int every, int atLeast, Death death) {
        boolean died = true;
        int call = first;
        while (died) {
            GameId game = LocalBerth.newGame();
            try {
                died = death.before(game, call);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(game + " died before call " + call, failure);
            }
            arena.assertSettled(game);
            arena.clear(game);
            call += every;
        }
        assertThat(call).isGreaterThan(atLeast);
    }

    private Before running(GameId game, int settleSeconds) {
        ObjectNode message = arena.startMessage(game, game + "-start");
        ((ObjectNode) message.path("spec")).put("settle_seconds", settleSeconds);
        handler.finish(Arena.job(OpKind.START, message));
        LiveGame live = new LiveGame(berth, game);
        live.write("kept.html", "kept");
        return new Before(live, live.container(), live.port());
    }

    private void assertReplaced(GameId game, Before before, String answer) {
        LiveGame live = before.live();
        assertThat(live.container()).isNotEqualTo(before.container());
        assertThat(live.port()).isEqualTo(before.port());
        assertThat(live.names()).containsExactly("berth_" + game);
        assertThat(live.answer()).isEqualTo(answer);
        assertThat(live.page("kept.html")).isEmpty();
    }

    private void assertEnded(GameId game, RuntimeStatus status, OpKind... kinds) {
        assertLogged(game, status, kinds);
        assertOneResult(game, Outcome.SUCCESS);
    }

    private void assertLogged(GameId game, RuntimeStatus status, OpKind... kinds) {
        assertThat(berth.entries(game)).extracting(entry -> entry.kind()).containsExactly(kinds);
        assertThat(berth.game(game).flatMap(Game::record).orElseThrow().status())
                .isEqualTo(status);
    }

    private void assertOneResult(GameId game, Outcome outcome) {
        String job = last(game).job().value();
        assertThat(berth.results.await(job).path("outcome").asText()).isEqualTo(outcome.wire());
        assertThat(new HashSet<>(berth.results.of(job))).hasSize(1);
    }

    private OperationEntry last(GameId game) {
        List<OperationEntry> log = berth.entries(game);
        return log.getLast();
    }
}
