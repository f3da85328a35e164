package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.aws.SqsJobQueue;
import dev.berth.contract.QueueContract.Delivery;
import dev.berth.local.aws.AwsServices;
import dev.berth.local.aws.LocalClients;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.Limits;
import dev.berth.model.OpId;
import dev.berth.port.Telemetry.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;

/** The contract on SQS, and what only its messages show. */
@Tag("aws")
@ExtendWith(ProvidedServices.class)
final class SqsJobQueueIT {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static SqsClient sqs;

    @BeforeAll
    static void start(AwsServices services) {
        sqs = LocalClients.sqs(services.sqs());
    }

    @AfterAll
    static void stop() {
        sqs.close();
    }

    @Nested
    final class Contract extends QueueContract {
        Contract() {
            super(new SqsLine("60"));
        }
    }

    @Test
    void deliversAMessageAgainByItselfWhenWhoeverHadItIsSilent() {
        SqsLine queue = new SqsLine("1");
        queue.send("a");
        assertThat(queue.receive()).isPresent();
        assertThat(queue.receive().orElseThrow().count()).isEqualTo(2);
    }

    @Test
    void givesNothingBackOfAMessageThatIsDone() {
        SqsLine queue = new SqsLine("60");
        queue.send("a");
        Delivery done = queue.receive().orElseThrow();
        queue.delete(done);

        queue.giveBack(done, Duration.ZERO);

        assertThat(queue.receive()).isEmpty();
    }

    @Test
    void aDeletionByAnOldHandleIsNoFailureOfWhoeverHasTheMessageNow() {
        SqsLine queue = new SqsLine("60");
        queue.send("a");
        Delivery old = queue.receive().orElseThrow();
        queue.giveBack(old, Duration.ZERO);
        Delivery current = queue.receive().orElseThrow();
        try {
            queue.delete(old);
        } catch (ReceiptHandleIsInvalidException refused) {
            // ElasticMQ says so; SQS may delete the message, as LocalStack does, or keep it.
        }

        queue.giveBack(current, Duration.ZERO);

        assertThat(queue.receive()).map(Delivery::count).isIn(Optional.empty(), Optional.of(3));
    }

    @Test
    void tellsBesideABuriedMessageWhatItWasAndWhy() {
        SqsLine queue = new SqsLine("60");
        queue.jobs.bury(
                "not a job",
                "message-1",
                new Cause(new OpId("op-0123456789ab"), Optional.empty()),
                new Failure(ErrorCode.INVALID_REQUEST, "y".repeat(600)));
        Message buried = queue.dead().getFirst();
        assertThat(buried.body()).isEqualTo("not a job");
        assertThat(text(buried, "message_id")).isEqualTo("message-1");
        assertThat(text(buried, "op_id")).isEqualTo("op-0123456789ab");
        assertThat(text(buried, "error_code")).isEqualTo("invalid_request");
        assertThat(text(buried, "error_message")).isEqualTo("y".repeat(500));
    }

    private static String text(Message message, String attribute) {
        return message.messageAttributes().get(attribute).stringValue();
    }

    private static final class SqsLine implements QueueContract.Line {
        private final String deadUrl;
        private final String url;
        private final SqsJobQueue jobs;

        SqsLine(String visibilitySeconds) {
            String name = "jobs-" + COUNT.incrementAndGet();
            deadUrl =
                    sqs.createQueue(create -> create.queueName(name + "-dead")).queueUrl();
            String arn = sqs.getQueueAttributes(
                            get -> get.queueUrl(deadUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                    .attributes()
                    .get(QueueAttributeName.QUEUE_ARN);
            String redrive =
                    "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":" + Limits.MAX_DELIVERIES + "}";
            url = sqs.createQueue(create -> create.queueName(name)
                            .attributes(Map.of(
                                    QueueAttributeName.VISIBILITY_TIMEOUT, visibilitySeconds,
                                    QueueAttributeName.REDRIVE_POLICY, redrive)))
                    .queueUrl();
            jobs = new SqsJobQueue(sqs, url, deadUrl);
        }

        @Override
        public void send(String body) {
            sqs.sendMessage(send -> send.queueUrl(url).messageBody(body));
        }

        @Override
        public Optional<Delivery> receive() {
            return received(url, 4).stream()
                    .map(message -> new Delivery(
                            message.body(),
                            Integer.parseInt(
                                    message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)),
                            message.receiptHandle()))
                    .findFirst();
        }

        @Override
        public void giveBack(Delivery delivery, Duration delay) {
            jobs.giveBack(delivery.handle(), delay);
        }

        @Override
        public void delete(Delivery delivery) {
            sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(delivery.handle()));
        }

        @Override
        public boolean isDead(String body) {
            return dead().stream().anyMatch(message -> message.body().equals(body));
        }

        List<Message> dead() {
            return received(deadUrl, 0);
        }

        private static List<Message> received(String from, int waitSeconds) {
            return sqs.receiveMessage(receive -> receive.queueUrl(from)
                            .maxNumberOfMessages(1)
                            .waitTimeSeconds(waitSeconds)
                            .messageAttributeNames("All")
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                    .messages();
        }
    }
}
