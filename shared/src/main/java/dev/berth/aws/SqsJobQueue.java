package dev.berth.aws;

import dev.berth.model.Failure;
import dev.berth.model.OperationFailed;
import dev.berth.port.Telemetry.Cause;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageNotInflightException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The queue in SQS that feeds a function, and where its dead messages go. */
public final class SqsJobQueue {
    private static final Duration LONGEST_DELAY = Duration.ofHours(12);
    private static final int MAX_REASON = 500;

    private final SqsClient sqs;
    private final String jobsUrl;
    private final String deadUrl;

    public SqsJobQueue(SqsClient sqs, String jobsUrl, String deadUrl) {
        this.sqs = sqs;
        this.jobsUrl = jobsUrl;
        this.deadUrl = deadUrl;
    }

    /** The name of the queue. */
    public String name() {
        return jobsUrl.substring(jobsUrl.lastIndexOf('/') + 1);
    }

    /**
     * Makes a message visible again after that delay, in whole seconds, rounded up. One that is not there any more, because another
     * delivery of it was done meanwhile, is left alone.
     */
    public void giveBack(String receiptHandle, Duration delay) {
        Duration bounded = delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
        int seconds = (int) bounded.plusMillis(999).toSeconds();
        try {
            AwsErrors.translated(() -> sqs.changeMessageVisibility(change ->
                    change.queueUrl(jobsUrl).receiptHandle(receiptHandle).visibilityTimeout(seconds)));
        } catch (OperationFailed e) {
            if (!(e.getCause() instanceof SqsException refused && isGone(refused))) {
                throw e;
            }
        }
    }

    /** SQS documents the first two, and gives the third, which it gives for other parameters too. */
    private static boolean isGone(SqsException refused) {
        return refused instanceof MessageNotInflightException
                || refused instanceof ReceiptHandleIsInvalidException
                || Optional.ofNullable(refused.awsErrorDetails())
                        .filter(details -> "InvalidParameterValue".equals(details.errorCode()))
                        .map(AwsErrorDetails::errorMessage)
                        .filter(message -> message.contains("ReceiptHandle"))
                        .isPresent();
    }

    /** Puts a message that can never be a job where dead ones go, with the reason beside it. */
    public void bury(String body, String messageId, Cause cause, Failure why) {
        String reason = why.text();
        AwsErrors.translated(() -> sqs.sendMessage(send -> send.queueUrl(deadUrl)
                .messageBody(body)
                .messageAttributes(Map.of(
                        "message_id", attribute(messageId),
                        "op_id", attribute(cause.op().value()),
                        "error_code", attribute(why.code().wire()),
                        "error_message",
                                attribute(reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason)))
                .messageSystemAttributes(SqsTraces.attributes(cause.trace()))));
    }

    static MessageAttributeValue attribute(String text) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(text)
                .build();
    }
}
