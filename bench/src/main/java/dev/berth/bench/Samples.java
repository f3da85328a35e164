package dev.berth.bench;

import java.time.Duration;
import java.util.List;

/** How long the same thing took, each time that it was done. */
record Samples(List<Duration> all) {

    Samples {
        all = all.stream().sorted().toList();
        if (all.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /** In milliseconds; of an even number the lower of the two in the middle. */
    double p50() {
        return quantile(0.50);
    }

    /** In milliseconds. */
    double p95() {
        return quantile(0.95);
    }

    private double quantile(double part) {
        int rank = (int) Math.ceil(part * all.size());
        return all.get(Math.max(0, rank - 1)).toNanos() / 1e6;
    }
}
