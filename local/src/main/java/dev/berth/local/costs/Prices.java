package dev.berth.local.costs;

/**
 * Public list prices of AWS in dollars, without free tiers and discounts.
 *
 * @param functionSecond of a warm function with one GB, on arm64
 * @param watchedMetric each metric that an alarm watches, a month
 */
public record Prices(
        double millionReadUnits,
        double millionWriteUnits,
        double millionQueueRequests,
        double millionInvocations,
        double functionSecond,
        double millionSchedules,
        double gigabyteOfLogs,
        double metric,
        double watchedMetric,
        double dashboard,
        double secret,
        double millionSecretReads) {

    /** In us-east-1, as published in 2025. */
    public static final Prices LISTED =
            new Prices(0.125, 0.625, 0.40, 0.20, 0.0000133334, 1.00, 0.50, 0.30, 0.10, 3.00, 0.40, 5.00);
}
