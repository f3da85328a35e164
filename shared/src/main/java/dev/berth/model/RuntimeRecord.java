package dev.berth.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The settled truth about a game's runtime: always the fold of its log. What is being done right now is not here but in
 * the open deployment beside it.
 *
 * @param desired what was last asked for; differs from the status while something is unfinished
 * @param placement the host that the game is bound to; leaving it needs the proof that nothing of the game lives there
 * @param specHash SHA-256 of the spec's canonical JSON
 * @param volumesOn the host that has the game's volumes; they outlive its containers
 * @param restarts when it was started again by itself after it had ended, newest last, of late
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
        Optional<ErrorCode> failure,
        Optional<HostId> volumesOn,
        List<Instant> restarts) {

    public RuntimeRecord {
        restarts = List.copyOf(restarts);
    }

    /**
     * A game whose container is proven to run.
     *
     * @param volumesOn the host that has its volumes, now or from before
     */
    public static RuntimeRecord running(
            Placement placement,
            GameContainer container,
            PinnedImage image,
            String specHash,
            Optional<HostId> volumesOn) {
        return new RuntimeRecord(
                RuntimeStatus.RUNNING,
                Desired.RUNNING,
                Optional.of(placement),
                Optional.of(container),
                Optional.of(image),
                Optional.of(specHash),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                volumesOn,
                List.of());
    }

    /**
     * A game of which nothing was known but the container that was found: how it is run is not known either.
     *
     * @param image as far as the host has a name for it
     * @param specHash as its label tells
     */
    public static RuntimeRecord adopted(
            Placement placement, GameContainer container, Optional<PinnedImage> image, String specHash) {
        return new RuntimeRecord(
                RuntimeStatus.RUNNING,
                Desired.RUNNING,
                Optional.of(placement),
                Optional.of(container),
                image,
                Optional.of(specHash),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
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
                Optional.of(failure),
                Optional.empty(),
                List.of());
    }

    /** The container is proven stopped; it stays where it is, for its logs and as a tombstone. */
    public RuntimeRecord stopped(Exit how, StopReason reason) {
        return is(RuntimeStatus.STOPPED, Desired.STOPPED)
                .because(Optional.of(how), Optional.of(reason), Optional.empty());
    }

    /**
     * The container has ended and nobody had asked it to: stopped where it ended well, failed otherwise. What is wanted
     * of the game stays as it was.
     */
    public RuntimeRecord ended(Exit how) {
        boolean well = how.code().equals(Optional.of(0)) && !how.oomKilled();
        return is(well ? RuntimeStatus.STOPPED : RuntimeStatus.FAILED, desired)
                .because(Optional.of(how), Optional.empty(), Optional.empty());
    }

    /** The host has been silent for too long; what has become of the game is not known. */
    public RuntimeRecord lost() {
        return is(RuntimeStatus.LOST, desired);
    }

    /** The container runs after all. */
    public RuntimeRecord runningAgain() {
        return is(RuntimeStatus.RUNNING, desired);
    }

    /** The container is proven gone, and what was reserved for it is given back. */
    public RuntimeRecord removed() {
        return is(RuntimeStatus.REMOVED, Desired.REMOVED)
                .at(Optional.empty(), Optional.empty())
                .because(exit, stopReason, Optional.empty())
                .restarted(List.of());
    }

    /** A start failed for a reason that lies in the game; nothing of it runs. */
    public RuntimeRecord failed(ErrorCode why) {
        return is(RuntimeStatus.FAILED, desired).because(exit, stopReason, Optional.of(why));
    }

    /** A stop that could not be proven: the status stays, the wish is kept for reconcile. */
    public RuntimeRecord toBeStopped() {
        return wanted(Desired.STOPPED);
    }

    /** As it is, but this is what was asked for last. */
    public RuntimeRecord wanted(Desired wish) {
        return is(status, wish);
    }

    public RuntimeRecord withPlacement(Optional<Placement> there) {
        return at(there, container);
    }

    public RuntimeRecord withContainer(GameContainer other) {
        return at(placement, Optional.of(other));
    }

    public RuntimeRecord withoutContainer() {
        return at(placement, Optional.empty());
    }

    /** With what a game keeps whatever container it has. */
    public RuntimeRecord keeping(RuntimeRecord before) {
        return kept(before.volumesOn, before.restarts);
    }

    /** Its volumes are removed, or given up with the host that had them. */
    public RuntimeRecord withoutVolumes() {
        return kept(Optional.empty(), restarts);
    }

    /** It was tried to start it again by itself, whatever came of it. */
    public RuntimeRecord restarted(List<Instant> of) {
        return kept(volumesOn, of);
    }

    private RuntimeRecord is(RuntimeStatus other, Desired wish) {
        return new RuntimeRecord(
                other, wish, placement, container, image, specHash, exit, stopReason, failure, volumesOn, restarts);
    }

    private RuntimeRecord at(Optional<Placement> there, Optional<GameContainer> other) {
        return new RuntimeRecord(
                status, desired, there, other, image, specHash, exit, stopReason, failure, volumesOn, restarts);
    }

    private RuntimeRecord because(Optional<Exit> how, Optional<StopReason> reason, Optional<ErrorCode> why) {
        return new RuntimeRecord(
                status, desired, placement, container, image, specHash, how, reason, why, volumesOn, restarts);
    }

    private RuntimeRecord kept(Optional<HostId> volumes, List<Instant> of) {
        return new RuntimeRecord(
                status, desired, placement, container, image, specHash, exit, stopReason, failure, volumes, of);
    }

    public Optional<HostId> host() {
        return placement.map(Placement::host);
    }
}
