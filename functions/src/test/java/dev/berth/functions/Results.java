package dev.berth.functions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Everything that was ever published on the results queue, in the order in which it came. */
final class Results implements AutoCloseable {
    private final SqsClient sqs;
    private final String url;
    private final List<ObjectNode> seen = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile boolean open = true;

    Results(SqsClient sqs, String url) {
        this.sqs = sqs;
        this.url = url;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    private void read() {
        while (open) {
            List<Message> messages = sqs.receiveMessage(receive ->
                            receive.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(1))
                    .messages();
            for (Message message : messages) {
                seen.add(Json.parse(message.body()));
                sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
            }
        }
    }

    List<ObjectNode> all() {
        return List.copyOf(seen);
    }

    List<ObjectNode> of(String jobId) {
        return seen.stream()
                .filter(result -> result.path("job_id").asText().equals(jobId))
                .toList();
    }

    /** The first result of a job. */
    ObjectNode await(String jobId) {
        return await(jobId, 1).getFirst();
    }

    /** So many results of a job, or more. */
    List<ObjectNode> await(String jobId, int count) {
        Awaitility.await("result of " + jobId)
                .atMost(Duration.ofSeconds(100))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> of(jobId).size() >= count);
        return of(jobId);
    }

    @Override
    public void close() {
        open = false;
        try {
            reader.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
