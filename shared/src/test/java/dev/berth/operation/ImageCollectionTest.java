package dev.berth.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.action.Deployment;
import dev.berth.model.Fence;
import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.ImageRef;
import dev.berth.model.LogHead;
import dev.berth.model.PinnedImage;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.Sha256;
import dev.berth.port.ContainerHost.StoredImage;
import dev.berth.port.Game;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageCollectionTest {
    private static final Instant NOW = Instant.parse("2030-01-10T00:00:00Z");
    private static final Instant OLD = NOW.minus(Duration.ofDays(3));
    private static final String ARENA = "registry.example/games/arena";

    private static StoredImage image(String name, Instant since) {
        return new StoredImage("sha256:" + Sha256.hex("id of " + name), List.of(name, digestOf(name)), since);
    }

    private static String digestOf(String name) {
        return new ImageRef(name).name() + "@sha256:" + Sha256.hex(name);
    }

    private static Game game(String name, Optional<Deployment> deployment, boolean removed) {
        RuntimeRecord running = RuntimeRecord.running(
                new Placement(new HostId("host-1"), RuntimeSpec.DEFAULT_RESOURCES),
                new GameContainer("c1", new Fence(1), List.of(), OLD),
                new PinnedImage(new ImageRef(name), "sha256:" + Sha256.hex(name)),
                "hash",
                Optional.empty());
        return new Game(
                new GameId("chess"),
                new Fence(1),
                Optional.of(removed ? running.removed() : running),
                Optional.empty(),
                LogHead.EMPTY,
                deployment,
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> collected(List<Game> games, StoredImage... images) {
        return ImageCollection.unneeded(List.of(images), games, NOW).stream()
                .map(image -> image.names().getFirst())
                .toList();
    }

    @Test
    void takesOldVersionsOfWhatGamesRun() {
        assertThat(collected(
                        List.of(game(ARENA + ":1.0.1", Optional.empty(), false)),
                        image(ARENA + ":1.0.0", OLD),
                        image(ARENA + ":1.0.1", OLD)))
                .containsExactly(ARENA + ":1.0.0");
    }

    @Test
    void takesWhatOnlyARemovedGameHad() {
        assertThat(collected(List.of(game(ARENA + ":1.0.0", Optional.empty(), true)), image(ARENA + ":1.0.0", OLD)))
                .containsExactly(ARENA + ":1.0.0");
    }

    @Test
    void leavesWhatARecordRefersToByItsDigestAlone() {
        StoredImage moved = new StoredImage("sha256:" + Sha256.hex("x"), List.of(digestOf(ARENA + ":1.0.0")), OLD);
        assertThat(collected(List.of(game(ARENA + ":1.0.0", Optional.empty(), false)), moved))
                .isEmpty();
    }

    @Test
    void leavesWhatNoGameEverRan() {
        assertThat(collected(
                        List.of(game(ARENA + ":1.0.0", Optional.empty(), false)),
                        image("registry.example/somebody/else:1.0.0", OLD),
                        new StoredImage("sha256:" + Sha256.hex("nameless"), List.of(), OLD)))
                .isEmpty();
    }

    @Test
    void leavesWhatNobodyCouldPullAgain() {
        StoredImage imported = new StoredImage("sha256:" + Sha256.hex("imported"), List.of(ARENA + ":1.0.0"), OLD);
        assertThat(collected(List.of(game(ARENA + ":1.0.1", Optional.empty(), false)), imported))
                .isEmpty();
    }

    @Test
    void leavesWhatHasAnotherNameToo() {
        StoredImage shared = new StoredImage(
                "sha256:" + Sha256.hex("shared"),
                List.of(ARENA + ":1.0.0", digestOf(ARENA + ":1.0.0"), "registry.example/somebody/base:1"),
                OLD);
        assertThat(collected(List.of(game(ARENA + ":1.0.1", Optional.empty(), false)), shared))
                .isEmpty();
    }

    @Test
    void leavesWhatIsYoung() {
        Instant young = NOW.minus(Duration.ofHours(24)).plusMillis(1);
        assertThat(collected(List.of(game(ARENA + ":1.0.1", Optional.empty(), false)), image(ARENA + ":1.0.0", young)))
                .isEmpty();
    }

    @Test
    void leavesWhatAnOperationIsAboutToUse() {
        Deployment open = new Deployment(
                "op-1",
                "patch",
                "{}",
                Deployment.Status.RUNNING,
                0,
                "pull the image",
                10,
                0,
                "{\"image_ref\":\"" + ARENA + ":1.0.0\"}",
                1,
                OLD,
                List.of(),
                Optional.empty(),
                Optional.empty());
        assertThat(collected(List.of(game(ARENA + ":1.0.1", Optional.of(open), false)), image(ARENA + ":1.0.0", OLD)))
                .isEmpty();
    }

    @Test
    void takesAtMostFiveAndTheOldestFirst() {
        StoredImage[] images = IntStream.range(0, 8)
                .mapToObj(i -> image(ARENA + ":1.0." + i, OLD.minus(Duration.ofHours(i))))
                .toArray(StoredImage[]::new);
        assertThat(collected(List.of(game(ARENA + ":1.1.0", Optional.empty(), false)), images))
                .containsExactly(
                        ARENA + ":1.0.7", ARENA + ":1.0.6", ARENA + ":1.0.5", ARENA + ":1.0.4", ARENA + ":1.0.3");
    }
}
