package dev.berth.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

final class ElasticMqIT {

    private static ElasticMq elasticMq;
    private static SqsClient sqs;
    private static Map<String, String> urls;

    @BeforeAll
    static void start() {
        elasticMq = ElasticMq.start(0);
        sqs = LocalClients.sqs(elasticMq.endpoint());
        urls = Provision.queues(
                sqs,
                Template.read(Path.of("src/test/resources/functions.yaml"), "demo")
                        .queues());
    }

    @AfterAll
    static void stop() {
        sqs.close();
        elasticMq.close();
    }

    @Test
    void makesQueuesAsTheTemplateHasThem() {
        var attributes = sqs.getQueueAttributes(
                        r -> r.queueUrl(urls.get("Jobs")).attributeNames(QueueAttributeName.ALL))
                .attributes();

        assertThat(urls.get("Jobs")).isEqualTo(elasticMq.endpoint() + "/000000000000/demo-jobs");
        assertThat(attributes)
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "5")
                .containsEntry(QueueAttributeName.QUEUE_ARN, "arn:aws:sqs:eu-west-1:000000000000:demo-jobs");
    }

    @Test
    void movesAMessageToTheDeadLetterQueueWhenItsReceivesAreUsedUp() {
        sqs.sendMessage(r -> r.queueUrl(urls.get("Jobs")).messageBody("hopeless"));

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            receive("Jobs")
                    .forEach(message -> sqs.changeMessageVisibility(r -> r.queueUrl(urls.get("Jobs"))
                            .receiptHandle(message.receiptHandle())
                            .visibilityTimeout(0)));
            return receive("JobsDead").stream()
                    .anyMatch(message -> message.body().equals("hopeless"));
        });
    }

    @Test
    void endsAtOnceAndGivesItsPortBackWhileSomeoneWaitsForMessages() throws InterruptedException {
        var first = ElasticMq.start(0);
        var client = LocalClients.sqs(first.endpoint());
        var url = client.createQueue(r -> r.queueName("waiting")).queueUrl();
        var waiting = Thread.ofVirtual()
                .start(() -> assertThatThrownBy(
                        () -> client.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(20))));

        var began = System.nanoTime();
        first.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));

        ElasticMq.start(first.endpoint().getPort()).close();
        client.close();
        assertThat(waiting.join(Duration.ofSeconds(5))).isTrue();
    }

    private static List<Message> receive(String queue) {
        return sqs.receiveMessage(r -> r.queueUrl(urls.get(queue))).messages();
    }
}
