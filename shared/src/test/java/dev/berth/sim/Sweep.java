package dev.berth.sim;

import java.time.Duration;
import java.time.Instant;

/** The recovery sweep: every minute it takes up what was left open. It ends when nothing is left to do. */
final class Sweep {
    private static final long EVERY = 60_000;
    private static final long CALM_AFTER = Duration.ofMinutes(15).toMillis();
    private static final long ENOUGH = Duration.ofHours(12).toMillis();

    private final Sim sim;
    private final boolean idle;
    private int quiet;

    Sweep(Sim sim, boolean idle) {
        this.sim = sim;
        this.idle = idle;
    }

    void begin() {
        sim.scheduler().after(CALM_AFTER, () -> {
            if (sim.faults() instanceof RandomFaults faults) {
                faults.end();
            }
        });
        sim.scheduler().after(EVERY, this::sweep);
    }

    private void sweep() {
        Instant now = SimClock.BEGIN.plusMillis(sim.scheduler().now());
        sim.store().games().values().stream()
                .filter(row -> !idle && row.deployment.isPresent() && row.isFree(now))
                .forEach(row -> sim.recover(row.id));
        boolean settled = sim.queue().isEmpty()
                && sim.store().games().values().stream().allMatch(row -> row.deployment.isEmpty() && row.isFree(now));
        quiet = settled && sim.scheduler().now() > CALM_AFTER ? quiet + 1 : 0;
        if (quiet < 3) {
            if (sim.scheduler().now() > ENOUGH) {
                throw new Violation("everything ends", "it is still going on after " + Duration.ofMillis(ENOUGH));
            }
            sim.scheduler().after(EVERY, this::sweep);
        }
    }
}
