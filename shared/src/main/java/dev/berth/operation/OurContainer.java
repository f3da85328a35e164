package dev.berth.operation;

import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost;
import dev.berth.port.Game;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A container that carries all the labels that we give, each of the form that we give it. Anything less is somebody
 * else's, whatever it says of itself, and is left alone.
 *
 * @param game whose it is
 * @param fence of the attempt that created it
 */
record OurContainer(Container container, GameId game, Fence fence) {
    private static final Pattern FENCE = Pattern.compile("[0-9]{1,15}");
    private static final Pattern OP = Pattern.compile("op-[0-9a-f]{12}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern DIGEST = Pattern.compile("sha(?:256|384|512):[0-9a-f]{64,128}");
    private static final String QUARANTINE = ".quarantine-";
    private static final int ID_CHARACTERS = 12;

    static Optional<OurContainer> of(String stack, Container container) {
        Map<String, String> labels = container.labels();
        boolean whole = stack.equals(labels.get(NamedContainer.OWNER))
                && label(labels, NamedContainer.OP, OP).isPresent()
                && label(labels, NamedContainer.SPEC, HASH).isPresent()
                && label(labels, NamedContainer.IMAGE, DIGEST).isPresent();
        Optional<Fence> fence = label(labels, NamedContainer.FENCE, FENCE).map(text -> new Fence(Long.parseLong(text)));
        return Optional.ofNullable(labels.get(NamedContainer.GAME))
                .filter(_ -> whole)
                .flatMap(OurContainer::gameId)
                .flatMap(game -> fence.map(given -> new OurContainer(container, game, given)));
    }

    /** Those of the attempt's game on a host, none of a later attempt. */
    static Stream<OurContainer> on(ContainerHost host, Attempt attempt) {
        String stack = attempt.world().stack();
        Map<String, String> labels = Map.of(
                NamedContainer.OWNER,
                stack,
                NamedContainer.GAME,
                attempt.game().id().value());
        return host.list(labels).stream()
                .flatMap(there -> of(stack, there).stream())
                .filter(there -> there.isOf(attempt.game()));
    }

    private static Optional<String> label(Map<String, String> labels, String name, Pattern form) {
        return Optional.ofNullable(labels.get(name))
                .filter(text -> form.matcher(text).matches());
    }

    private static Optional<GameId> gameId(String text) {
        try {
            return Optional.of(new GameId(text));
        } catch (IllegalArgumentException forged) {
            return Optional.empty();
        }
    }

    /** One that carries a fence which was never given out is not the game's, whatever else it carries. */
    boolean isOf(Game known) {
        return game.equals(known.id()) && (!known.known() || !known.fence().isBefore(fence));
    }

    /** Of the spec that it was created with. */
    String specHash() {
        return label(container.labels(), NamedContainer.SPEC, HASH).orElseThrow();
    }

    String imageDigest() {
        return label(container.labels(), NamedContainer.IMAGE, DIGEST).orElseThrow();
    }

    String id() {
        return container.id();
    }

    /** Whether it has the name that we give to the game's container. */
    boolean isNamedAsOurs() {
        return container.name().equals(container.labels().get(NamedContainer.OWNER) + "_" + game);
    }

    boolean live() {
        return container.state().live();
    }

    /** Whether it was set apart because another one is the game's. */
    boolean isQuarantined() {
        return container.name().equals(quarantineName(container.name().split(Pattern.quote(QUARANTINE), 2)[0]));
    }

    String quarantineName(String gamesName) {
        return gamesName
                + QUARANTINE
                + container
                        .id()
                        .substring(0, Math.min(ID_CHARACTERS, container.id().length()));
    }

    /** Whether it has been in quarantine for long enough. A list does not tell; see {@link #closer}. */
    boolean isServed(Instant now) {
        return isQuarantined()
                && !live()
                && container
                        .finishedAt()
                        .filter(ended -> ended.plus(Limits.RETENTION).isBefore(now))
                        .isPresent();
    }

    /** As the engine tells of it in full, if it may have been in quarantine for long enough. */
    OurContainer closer(ContainerHost host, Instant now) {
        return isQuarantined() && !live() && isOlderThan(Limits.RETENTION, now)
                ? host.inspect(id())
                        .map(found -> new OurContainer(found, game, fence))
                        .orElse(this)
                : this;
    }

    boolean isOlderThan(Duration age, Instant now) {
        return container.createdAt().plus(age).isBefore(now);
    }
}
