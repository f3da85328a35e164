package dev.berth.aws;

import dev.berth.model.TraceHeader;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;

/** How a message in SQS says to which trace it belongs. */
final class SqsTraces {
    private SqsTraces() {}

    static Map<MessageSystemAttributeNameForSends, MessageSystemAttributeValue> attributes(
            Optional<TraceHeader> trace) {
        return trace.map(header -> Map.of(
                        MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
                        MessageSystemAttributeValue.builder()
                                .dataType("String")
                                .stringValue(header.value())
                                .build()))
                .orElseGet(Map::of);
    }
}
