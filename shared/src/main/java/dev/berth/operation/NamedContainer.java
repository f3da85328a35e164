package dev.berth.operation;

import dev.berth.model.ErrorCode;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHost.Creation;
import dev.berth.port.ContainerPlan;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The one container name that a game has on a host. Creating it is a compare-and-set, and the fence on the label of
 * whoever has the name decides who gives way.
 */
final class NamedContainer {
    static final String OWNER = "berth.owner";
    static final String GAME = "berth.game";
    static final String FENCE = "berth.fence";
    static final String OP = "berth.op";
    static final String SPEC = "berth.spec";
    static final String IMAGE = "berth.image";
    private static final String ASIDE = ".prev-";

    private final String stack;
    private final GameId game;
    private final Fence mine;
    private final Optional<String> spared;
    private final Consumer<Duration> pause;

    /** @param spared the id of a container that is never removed but set aside */
    NamedContainer(String stack, GameId game, Fence mine, Optional<String> spared, Consumer<Duration> pause) {
        this.stack = stack;
        this.game = game;
        this.mine = mine;
        this.spared = spared;
        this.pause = pause;
    }

    /** Neither part can hold an underscore, so no two games can meet in one name. */
    String name() {
        return stack + "_" + game;
    }

    /** The name of a container that waits aside for what becomes of the next one. */
    String asideName() {
        return name() + ASIDE + mine;
    }

    /** Whether an attempt up to this one has set the container aside; what a later one has is none of ours. */
    boolean wasSetAside(Container container) {
        String prefix = name() + ASIDE;
        return container.name().startsWith(prefix)
                && parseFence(container.name().substring(prefix.length()))
                        .filter(by -> !mine.isBefore(by))
                        .isPresent();
    }

    /**
     * Makes sure that the name belongs to a container of this attempt.
     *
     * @return its id
     * @throws OperationFailed {@code name_conflict} if somebody else's container has the name, {@code lease_lost} if a
     *     later attempt's has
     */
    String ensure(ContainerHost host, ContainerPlan plan) {
        Duration wait = Limits.NAME_PAUSE;
        for (int i = 0; i < Limits.NAME_TRIES; i++) {
            if (create(host, plan) instanceof Creation.Created(String id)) {
                return id;
            }
            Optional<Container> there = host.inspect(name());
            if (there.isEmpty()) {
                // The name is reserved by a create or a removal that is still under way.
                pause.accept(wait);
                wait = wait.multipliedBy(2).compareTo(Limits.NAME_PAUSE_MAX) < 0
                        ? wait.multipliedBy(2)
                        : Limits.NAME_PAUSE_MAX;
                continue;
            }
            if (isSpared(there.get())) {
                // An earlier attempt, late with its undo, has given it its name back.
                host.rename(there.get().id(), asideName());
                continue;
            }
            if (isLostCreate(there.get(), plan)) {
                return there.get().id();
            }
            requireNotNewer(there.get());
            host.remove(there.get().id());
        }
        throw new OperationFailed(ErrorCode.DOCKER_ERROR, "the engine keeps the name " + name() + " reserved");
    }

    /** A create whose answer got lost may still have worked: look before giving up. */
    private Creation create(ContainerHost host, ContainerPlan plan) {
        try {
            return host.create(plan);
        } catch (OperationFailed unknown) {
            if (unknown.code() == ErrorCode.HOST_UNREACHABLE || unknown.code() == ErrorCode.DOCKER_ERROR) {
                Optional<Container> there = host.inspect(name());
                if (there.isPresent() && isOurs(there.get()) && isLostCreate(there.get(), plan)) {
                    return new Creation.Created(there.get().id());
                }
            }
            throw unknown;
        }
    }

    /** One lease may carry out two operations: only what was created for this one is a lost create of ours. */
    private boolean isLostCreate(Container there, ContainerPlan plan) {
        return fenceOf(there).equals(mine)
                && Objects.equals(there.labels().get(OP), plan.labels().get(OP));
    }

    /** The container that has the game's name now, if it is provably ours. */
    Optional<Container> findOurs(ContainerHost host) {
        return host.inspect(name()).filter(this::isOurs);
    }

    /**
     * The same.
     *
     * @throws OperationFailed {@code lease_lost} if a later attempt has created it: it is not ours to change
     */
    Optional<Container> findNotNewer(ContainerHost host) {
        Optional<Container> there = findOurs(host);
        there.ifPresent(this::requireNotNewer);
        return there;
    }

    /** @throws OperationFailed {@code lease_lost} if a later attempt has created the container */
    void requireNotNewer(Container container) {
        if (mine.isBefore(fenceOf(container))) {
            throw new OperationFailed(ErrorCode.LEASE_LOST, "a later attempt has created the container");
        }
    }

    /** Removes what an attempt up to this one may have left under the name; anything else stays. */
    void removeMine(ContainerHost host) {
        findOurs(host)
                .filter(container -> !isSpared(container) && !mine.isBefore(fenceOf(container)))
                .ifPresent(container -> host.remove(container.id()));
    }

    private boolean isSpared(Container container) {
        return spared.equals(Optional.of(container.id()));
    }

    /** Whether the labels say that the container is this game's of this stack. */
    boolean isOurs(Container container) {
        return stack.equals(container.labels().get(OWNER))
                && game.value().equals(container.labels().get(GAME))
                && parseFence(container).isPresent();
    }

    private Fence fenceOf(Container container) {
        if (!isOurs(container)) {
            throw new OperationFailed(
                    ErrorCode.NAME_CONFLICT, "a container named " + name() + " is there that is not ours");
        }
        return parseFence(container).orElseThrow();
    }

    private static Optional<Fence> parseFence(Container container) {
        return Optional.ofNullable(container.labels().get(FENCE)).flatMap(NamedContainer::parseFence);
    }

    private static Optional<Fence> parseFence(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(new Fence(Long.parseLong(text))) : Optional.empty();
    }
}
