package dev.berth.local.costs;

import java.time.Duration;

/**
 * What is taken of AWS.
 *
 * @param readUnits of DynamoDB, on demand; as it counts them itself
 * @param queueRequests to SQS
 * @param billed how long a function of one GB runs for it; zero if none does
 * @param logBytes that are printed
 */
public record Use(double readUnits, double writeUnits, int queueRequests, Duration billed, long logBytes) {

    /** What a function takes that is invoked by a queue: sent to it, received, deleted, and a result sent to another one. */
    public static final int REQUESTS_OF_A_JOB = 4;

    public double dollars(Prices prices) {
        double seconds = billed.toMillis() / 1000.0;
        return readUnits * prices.millionReadUnits() / 1e6
                + writeUnits * prices.millionWriteUnits() / 1e6
                + queueRequests * prices.millionQueueRequests() / 1e6
                + (billed.isZero() ? 0 : prices.millionInvocations() / 1e6)
                + seconds * prices.functionSecond()
                + logBytes * prices.gigabyteOfLogs() / 1e9;
    }
}
