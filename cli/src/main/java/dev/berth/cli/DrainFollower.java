package dev.berth.cli;

import dev.berth.model.Limits;
import dev.berth.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Follows a drain until the host is empty, or nothing moves any more. The sweeps go on with it in any case. */
final class DrainFollower {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Between two requests for a reconcile. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** How long what cannot leave is looked at: the reasons may be those of a reconcile of long ago. */
    private static final Duration BLOCKED = Duration.ofSeconds(15);

    /** Longer than it takes until the next sweep and what it leads to. */
    private static final Duration QUIET = Duration.ofSeconds(90);

    /** A stop may take that long, and tells nothing meanwhile. */
    private static final Duration BUSY = QUIET.plus(Limits.MAX_GRACE);

    private final Supplier<DrainLook> looks;
    private final Runnable reconcile;
    private final Clock clock;
    private final BiConsumer<String, Duration> progress;

    /**
     * @param reconcile asks for a reconcile of the host
     * @param progress told how far the drain is and since when it is followed, as often as it is looked at
     */
    DrainFollower(Supplier<DrainLook> looks, Runnable reconcile, Clock clock, BiConsumer<String, Duration> progress) {
        this.looks = looks;
        this.reconcile = reconcile;
        this.clock = clock;
        this.progress = progress;
    }

    /** The last look. */
    DrainLook follow() {
        Instant began = clock.now();
        Instant moved = began;
        Instant asked = began;
        reconcile.run();
        DrainLook seen = looks.get();
        while (mayMove(seen, Duration.between(moved, clock.now()))) {
            progress.accept(seen.text(), Duration.between(began, clock.now()));
            clock.pause(PAUSE);
            DrainLook next = looks.get();
            Instant now = clock.now();
            if (!next.isAsBefore(seen)) {
                moved = now;
            }
            seen = next;
            // Asked for in the middle of one, a reconcile would only find what that one is at.
            if (moved.isAfter(asked)
                    && seen.open().isEmpty()
                    && !asked.plus(AGAIN).isAfter(now)) {
                reconcile.run();
                asked = now;
            }
        }
        return seen;
    }

    private static boolean mayMove(DrainLook seen, Duration quiet) {
        if (seen.isDrained() || seen.isCalledOff()) {
            return false;
        }
        Duration patience = seen.isBlocked() ? BLOCKED : seen.open().isEmpty() ? QUIET : BUSY;
        return quiet.compareTo(patience) < 0;
    }
}
