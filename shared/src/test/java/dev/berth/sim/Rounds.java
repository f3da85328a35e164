package dev.berth.sim;

import dev.berth.model.HostState;
import dev.berth.operation.Sweep.Task;
import java.time.Duration;
import java.time.Instant;

/**
 * What happens every minute: what is due is done, dead attempts are taken up, and in a fleet the hosts are reconciled. It
 * ends when nothing is left to do.
 */
final class Rounds {
    private static final long EVERY = 60_000;
    private static final long CALM_AFTER = Duration.ofMinutes(15).toMillis();
    private static final long ENOUGH = Duration.ofHours(6).toMillis();
    private static final int QUIET_ENOUGH = 3;

    private final Sim sim;
    private final boolean fleet;
    private final boolean idle;
    private final long calmAfter;
    private int quiet;
    private String before = "";

    Rounds(Sim sim, boolean fleet, boolean idle) {
        this.sim = sim;
        this.fleet = fleet;
        this.idle = idle;
        this.calmAfter = fleet ? sim.scenario().mishapsEnd() + EVERY : CALM_AFTER;
    }

    void begin() {
        sim.scheduler().after(calmAfter, () -> {
            if (sim.faults() instanceof RandomFaults faults) {
                faults.end();
            }
        });
        sim.scheduler().after(EVERY, this::round);
    }

    private void round() {
        Instant now = SimClock.BEGIN.plusMillis(sim.scheduler().now());
        boolean open =
                sim.store().games().values().stream().anyMatch(row -> row.deployment.isPresent() && row.isFree(now));
        String state = sim.state();
        boolean settled = sim.queue().isEmpty()
                && sim.store().games().values().stream().allMatch(row -> row.deployment.isEmpty() && row.isFree(now))
                && (!fleet || (state.equals(before) && !sim.isRestless() && isLookedAt() && !isAnythingDue(now)));
        before = state;
        quiet = settled && sim.scheduler().now() > calmAfter ? quiet + 1 : 0;
        if (quiet == QUIET_ENOUGH) {
            return;
        }
        if (sim.scheduler().now() > ENOUGH) {
            throw new Violation("everything ends", "it is still going on after " + Duration.ofMillis(ENOUGH));
        }
        if (!idle && (fleet || open)) {
            sim.sweep(Task.DUE);
        }
        if (!idle && fleet) {
            sim.sweep(Task.RECONCILE);
        }
        sim.scheduler().after(EVERY, this::round);
    }

    private boolean isAnythingDue(Instant now) {
        return sim.store().games().values().stream()
                .anyMatch(row -> row.dueAt.filter(now::isAfter).isPresent());
    }

    /** Whether nothing is left to be looked at again. */
    private boolean isLookedAt() {
        return sim.store().hosts().stream()
                .allMatch(host -> host.notes().missing().isEmpty()
                        && host.notes().silentSince().isEmpty()
                        && host.state() != HostState.LOST
                        && host.state() != HostState.QUARANTINED);
    }
}
