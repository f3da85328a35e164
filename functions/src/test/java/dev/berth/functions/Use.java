package dev.berth.functions;

import java.time.Duration;

/**
 * What one operation takes of AWS.
 *
 * @param readUnits of DynamoDB, on demand; as it counts them itself
 * @param queueRequests to SQS
 * @param billed how long a function of one GB runs for it; zero if none does
 * @param logBytes that are printed
 */
record Use(double readUnits, double writeUnits, int queueRequests, Duration billed, long logBytes) {

    double dollars(Prices prices) {
        double seconds = billed.toMillis() / 1000.0;
        return readUnits * prices.millionReadUnits() / 1e6
                + writeUnits * prices.millionWriteUnits() / 1e6
                + queueRequests * prices.millionQueueRequests() / 1e6
                + (billed.isZero() ? 0 : prices.millionInvocations() / 1e6)
                + seconds * prices.functionSecond()
                + logBytes * prices.gigabyteOfLogs() / 1e9;
    }
}
