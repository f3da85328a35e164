package dev.berth.model;

import java.util.Optional;

/**
 * The settled truth about a game's runtime: always the fold of its log. What is being done right now is not here but in
 * the open deployment beside it.
 *
 * @param desired what was last asked for; differs from the status while something is unfinished
 * @param placement the host that the game is bound to; leaving it needs the proof that nothing of the game lives there
 * @param specHash SHA-256 of the spec's canonical JSON
 */
public record RuntimeRecord(
        RuntimeStatus status,
        Desired desired,
        Optional<Placement> placement,
        Optional<GameContainer> container,
        Optional<PinnedImage> image,
        Optional<String> specHash,
        Optional<Exit> exit,
        Optional<StopReason> stopReason,
        Optional<ErrorCode> failure) {

    public static RuntimeRecord running(
            Placement placement, GameContainer container, PinnedImage image, String specHash) {
        return new RuntimeRecord(
                RuntimeStatus.RUNNING,
                Desired.RUNNING,
                Optional.of(placement),
                Optional.of(container),
                Optional.of(image),
                Optional.of(specHash),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A game whose first start could not be proven undone: bound to its host until it is. */
    public static RuntimeRecord unproven(Placement placement, ErrorCode failure) {
        return new RuntimeRecord(
                RuntimeStatus.FAILED,
                Desired.STOPPED,
                Optional.of(placement),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(failure));
    }

    /** The container is proven stopped; it stays where it is, for its logs and as a tombstone. */
    public RuntimeRecord stopped(Exit how, StopReason reason) {
        return new RuntimeRecord(
                RuntimeStatus.STOPPED,
                Desired.STOPPED,
                placement,
                container,
                image,
                specHash,
                Optional.of(how),
                Optional.of(reason),
                Optional.empty());
    }

    /** The container is proven gone, and what was reserved for it is given back. */
    public RuntimeRecord removed() {
        return new RuntimeRecord(
                RuntimeStatus.REMOVED,
                Desired.REMOVED,
                Optional.empty(),
                Optional.empty(),
                image,
                specHash,
                exit,
                stopReason,
                Optional.empty());
    }

    /** A start failed for a reason that lies in the game; nothing of it runs. */
    public RuntimeRecord failed(ErrorCode why) {
        return new RuntimeRecord(
                RuntimeStatus.FAILED,
                desired,
                placement,
                container,
                image,
                specHash,
                exit,
                stopReason,
                Optional.of(why));
    }

    /** A stop that could not be proven: the status stays, the wish is kept for reconcile. */
    public RuntimeRecord toBeStopped() {
        return wanted(Desired.STOPPED);
    }

    /** As it is, but this is what was asked for last. */
    public RuntimeRecord wanted(Desired wish) {
        return new RuntimeRecord(status, wish, placement, container, image, specHash, exit, stopReason, failure);
    }

    public RuntimeRecord withPlacement(Optional<Placement> there) {
        return new RuntimeRecord(status, desired, there, container, image, specHash, exit, stopReason, failure);
    }

    public RuntimeRecord withContainer(GameContainer other) {
        return new RuntimeRecord(
                status, desired, placement, Optional.of(other), image, specHash, exit, stopReason, failure);
    }

    public RuntimeRecord withoutContainer() {
        return new RuntimeRecord(
                status, desired, placement, Optional.empty(), image, specHash, exit, stopReason, failure);
    }

    public Optional<HostId> host() {
        return placement.map(Placement::host);
    }
}
