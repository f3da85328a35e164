package dev.berth.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.aws.LocalClients;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The JSON between an event source mapping and its function, in both directions, as AWS has it. */
final class SqsEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SqsEvents() {}

    /** The event for a batch. */
    static String event(List<Message> messages, String queueArn) {
        var event = JsonNodeFactory.instance.objectNode();
        var records = event.putArray("Records");
        messages.forEach(message -> records.add(message(message, queueArn)));
        return event.toString();
    }

    /**
     * The messages that the function has dealt with, to be deleted: none if it failed, or names a message that is not in the batch;
     * those that it does not name where it reports item failures; otherwise all.
     */
    static List<Message> dealtWith(List<Message> messages, Response response, boolean reportsItemFailures) {
        if (response.failed()) {
            return List.of();
        }
        if (!reportsItemFailures) {
            return messages;
        }
        try {
            var failures = JSON.readTree(response.payload()).path("batchItemFailures");
            if (!failures.isArray()) {
                return failures.isMissingNode() || failures.isNull() ? messages : List.of();
            }
            var failed = new HashSet<String>();
            failures.forEach(
                    failure -> failed.add(failure.path("itemIdentifier").asText()));
            return allKnown(failed, messages)
                    ? messages.stream()
                            .filter(message -> !failed.contains(message.messageId()))
                            .toList()
                    : List.of();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private static boolean allKnown(Set<String> ids, List<Message> messages) {
        return messages.stream().map(Message::messageId).toList().containsAll(ids);
    }

    private static ObjectNode message(Message message, String queueArn) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("messageId", message.messageId());
        node.put("receiptHandle", message.receiptHandle());
        node.put("body", message.body());
        node.put("md5OfBody", message.md5OfBody());
        if (message.md5OfMessageAttributes() != null) {
            node.put("md5OfMessageAttributes", message.md5OfMessageAttributes());
        }
        var system = node.putObject("attributes");
        message.attributesAsStrings().forEach(system::put);
        var attributes = node.putObject("messageAttributes");
        message.messageAttributes().forEach((name, value) -> attributes.set(name, attribute(value)));
        node.put("eventSource", "aws:sqs");
        node.put("eventSourceARN", queueArn);
        node.put("awsRegion", LocalClients.REGION);
        return node;
    }

    private static JsonNode attribute(MessageAttributeValue value) {
        var node = JsonNodeFactory.instance.objectNode();
        if (value.stringValue() != null) {
            node.put("stringValue", value.stringValue());
        }
        if (value.binaryValue() != null) {
            node.put(
                    "binaryValue",
                    Base64.getEncoder().encodeToString(value.binaryValue().asByteArray()));
        }
        node.putArray("stringListValues");
        node.putArray("binaryListValues");
        return node.put("dataType", value.dataType());
    }
}
