package dev.berth.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

final class SqsEventsTest {

    private static final List<Message> BATCH = List.of(message("1"), message("2"), message("3"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"batchItemFailures\": []}                                                     | 1 2 3",
                "{\"batchItemFailures\": null}                                                   | 1 2 3",
                "{}                                                                              | 1 2 3",
                "null                                                                            | 1 2 3",
                "{\"batchItemFailures\": [{\"itemIdentifier\": \"2\"}]}                          | 1 3",
                "{\"batchItemFailures\": [{\"itemIdentifier\": \"2\"}, {\"itemIdentifier\": \"unknown\"}]} | ``",
                "{\"batchItemFailures\": [{\"itemIdentifier\": \"\"}]}                           | ``",
                "{\"batchItemFailures\": [{}]}                                                   | ``",
                "{\"batchItemFailures\": \"2\"}                                                  | ``",
                "{\"batchItemFailures\": [                                                       | ``",
            })
    void deletesWhatTheFunctionDidNotReportAsFailed(String response, String deleted) {
        var done = SqsEvents.dealtWith(BATCH, new Response(false, response), true);

        assertThat(String.join(" ", done.stream().map(Message::messageId).toList()))
                .isEqualTo(deleted);
    }

    @Test
    void deletesNothingAfterAFunctionError() {
        assertThat(SqsEvents.dealtWith(BATCH, Response.failure("Error", "text"), true))
                .isEmpty();
        assertThat(SqsEvents.dealtWith(BATCH, Response.failure("Error", "text"), false))
                .isEmpty();
    }

    @Test
    void deletesAllWhereItemFailuresAreNotReported() {
        var response = new Response(false, "{\"batchItemFailures\": [{\"itemIdentifier\": \"2\"}]}");

        assertThat(SqsEvents.dealtWith(BATCH, response, false)).isEqualTo(BATCH);
    }

    @Test
    void writesTheEventAsAwsDoes() throws JsonProcessingException {
        var message = message("7").toBuilder()
                .body("text")
                .md5OfBody("1cb251ec0d568de6a929b520c4aed8d1")
                .receiptHandle("handle")
                .attributes(Map.of(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2",
                        MessageSystemAttributeName.SENT_TIMESTAMP, "1545082649183"))
                .messageAttributes(Map.of(
                        "text",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("x")
                                        .build(),
                        "bytes",
                                MessageAttributeValue.builder()
                                        .dataType("Binary")
                                        .binaryValue(SdkBytes.fromUtf8String("y"))
                                        .build()))
                .build();

        var event =
                new ObjectMapper().readTree(SqsEvents.event(List.of(message), "arn:aws:sqs:eu-west-1:000000000000:q"));

        assertThat(event).isEqualTo(new ObjectMapper().readTree("""
                {"Records": [{
                  "messageId": "7", "receiptHandle": "handle", "body": "text", "md5OfBody": "1cb251ec0d568de6a929b520c4aed8d1",
                  "attributes": {"ApproximateReceiveCount": "2", "SentTimestamp": "1545082649183"},
                  "messageAttributes": {
                    "text": {"stringValue": "x", "stringListValues": [], "binaryListValues": [], "dataType": "String"},
                    "bytes": {"binaryValue": "eQ==", "stringListValues": [], "binaryListValues": [], "dataType": "Binary"}},
                  "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:eu-west-1:000000000000:q", "awsRegion": "eu-west-1"}]}
                """));
    }

    private static Message message(String id) {
        return Message.builder().messageId(id).build();
    }
}
