package dev.berth.operation;

import dev.berth.action.Deployment;
import dev.berth.model.HostId;
import dev.berth.model.ImageRef;
import dev.berth.model.Limits;
import dev.berth.model.PinnedImage;
import dev.berth.model.PullPolicy;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHost.StoredImage;
import dev.berth.port.Game;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Removes images that no game needs any more: of repositories that games have run, and of nothing else that may be on
 * the host. What a container still uses, a set-aside one too, the engine itself refuses to give up.
 */
final class ImageCollection {
    private static final int MOST_GAMES = 10_000;

    private final Map<HostId, Instant> rounds = new ConcurrentHashMap<>();

    /** One round on that host, unless there was one lately. */
    void collect(HostId id, Attempt attempt) {
        if (attempt.world().images().pull() == PullPolicy.NEVER) {
            // Whoever brought the images would have to bring them again.
            return;
        }
        Instant now = attempt.now();
        Optional<Instant> last = Optional.ofNullable(rounds.put(id, now));
        if (last.filter(before -> before.plus(Limits.IMAGE_ROUND).isAfter(now)).isPresent()) {
            rounds.put(id, last.get());
            return;
        }
        List<Game> games = attempt.world().games().list(MOST_GAMES);
        if (games.size() < MOST_GAMES) {
            ContainerHost host = attempt.connect(id);
            List<Game> after = games.stream()
                    .map(game -> game.id().equals(attempt.game().id()) ? removed(game) : game)
                    .toList();
            unneeded(host.images(), after, now).forEach(image -> host.removeImage(image.id()));
        }
    }

    /** The game whose cleanup this is, as it will be in a moment. */
    private static Game removed(Game game) {
        return new Game(
                game.id(),
                game.fence(),
                game.record().map(RuntimeRecord::removed),
                game.spec(),
                game.head(),
                Optional.empty(),
                game.lastRequestedAt(),
                game.dueAt());
    }

    /** Which of these images may go, oldest first. */
    static List<StoredImage> unneeded(List<StoredImage> images, List<Game> games, Instant now) {
        List<String> repositories = games.stream()
                .flatMap(game -> game.record().flatMap(RuntimeRecord::image).stream())
                .map(image -> image.ref().repository())
                .distinct()
                .toList();
        return images.stream()
                .filter(image -> image.since().plus(Limits.IMAGE_AGE).isBefore(now))
                .filter(image -> isOf(repositories, image))
                .filter(image -> games.stream().noneMatch(game -> needs(game, image)))
                .sorted(Comparator.comparing(StoredImage::since))
                .limit(Limits.IMAGES_COLLECTED)
                .toList();
    }

    /** Only what can be pulled again, and what has no other name than those of our repositories. */
    private static boolean isOf(List<String> repositories, StoredImage image) {
        return references(image).anyMatch(ref -> ref.digest().isPresent())
                && references(image).allMatch(ref -> repositories.contains(ref.repository()));
    }

    private static Stream<ImageRef> references(StoredImage image) {
        return image.names().stream().map(ImageRef::new);
    }

    private static boolean needs(Game game, StoredImage image) {
        boolean recorded = game.record()
                .filter(record -> record.status() != RuntimeStatus.REMOVED)
                .flatMap(RuntimeRecord::image)
                .filter(pinned -> isOf(pinned, image))
                .isPresent();
        return recorded
                || game.deployment().filter(open -> mentions(open, image)).isPresent();
    }

    private static boolean isOf(PinnedImage pinned, StoredImage image) {
        return image.id().equals(pinned.digest())
                || references(image)
                        .anyMatch(
                                ref -> ref.equals(pinned.ref()) || ref.digest().equals(Optional.of(pinned.digest())));
    }

    /** What an operation that is under way has got, or is about to use. */
    private static boolean mentions(Deployment open, StoredImage image) {
        return open.state().contains(image.id()) || image.names().stream().anyMatch(open.state()::contains);
    }
}
