package dev.berth.functions;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.berth.model.TraceHeader;
import java.time.Instant;
import java.util.Optional;

/**
 * A message of a queue of jobs.
 *
 * @param handle by which the queue knows this delivery
 * @param deliveries which one this is, from 1
 */
record JobMessage(String id, String handle, String body, int deliveries, Instant sentAt, Optional<TraceHeader> trace) {
    /** @param now stands for when it was sent where the event does not say that */
    static JobMessage of(SQSMessage message, Instant now) {
        return new JobMessage(
                message.getMessageId(),
                message.getReceiptHandle(),
                message.getBody(),
                Integer.parseInt(message.getAttributes().getOrDefault("ApproximateReceiveCount", "1")),
                Optional.ofNullable(message.getAttributes().get("SentTimestamp"))
                        .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
                        .orElse(now),
                TraceHeader.find(message.getAttributes().get("AWSTraceHeader")));
    }
}
