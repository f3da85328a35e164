package dev.berth.local.lambda;

import dev.berth.local.aws.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Feeds a function from a queue, as Lambda's event source mapping does. Each of its pollers receives a batch only when it has nothing
 * else to do, so that there are never more batches at a time than pollers.
 */
public final class EventSourceMapping implements AutoCloseable {

    private static final int SQS_BATCH = 10;
    private static final Duration LONG_POLL = Duration.ofSeconds(20);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);

    private final SqsClient sqs;
    private final Template.QueueSource source;
    private final LocalFunction function;
    private final String queueUrl;
    private final String queueArn;
    private final Consumer<String> errors;
    private final List<Poller> pollers;
    private volatile boolean closed;

    private EventSourceMapping(
            SqsClient sqs,
            Template.QueueSource source,
            LocalFunction function,
            String queueUrl,
            int maximumConcurrency,
            Consumer<String> errors) {
        this.sqs = sqs;
        this.source = source;
        this.function = function;
        this.queueUrl = queueUrl;
        this.errors = errors;
        queueArn = Objects.requireNonNull(
                sqs.getQueueAttributes(r -> r.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN));
        pollers = IntStream.range(0, Math.min(maximumConcurrency, source.maximumConcurrency()))
                .mapToObj(_ -> new Poller())
                .toList();
    }

    /**
     * Begins to receive.
     *
     * @param maximumConcurrency a limit beside the template's own
     * @param errors told of what goes wrong between the queue and the function
     */
    public static EventSourceMapping start(
            SqsClient sqs,
            Template.QueueSource source,
            LocalFunction function,
            String queueUrl,
            int maximumConcurrency,
            Consumer<String> errors) {
        var mapping = new EventSourceMapping(sqs, source, function, queueUrl, maximumConcurrency, errors);
        mapping.pollers.forEach(poller -> poller.thread.start());
        return mapping;
    }

    /** Stops receiving, and waits for the batches on their way, at most 15 seconds. */
    @Override
    public void close() {
        closed = true;
        pollers.forEach(Poller::interruptReceive);
        var deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
        for (var poller : pollers) {
            try {
                var rest = Math.max(1, deadline - System.nanoTime());
                if (!poller.thread.join(Duration.ofNanos(rest))) {
                    errors.accept("A batch of " + function.definition().logicalId() + " was cut short.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void process(List<Message> batch) {
        var response = function.invoke(SqsEvents.event(batch, queueArn));
        var done = SqsEvents.dealtWith(batch, response, source.reportsItemFailures());
        for (int from = 0; from < done.size(); from += SQS_BATCH) {
            delete(done.subList(from, Math.min(done.size(), from + SQS_BATCH)));
        }
    }

    private void delete(List<Message> messages) {
        var entries = messages.stream()
                .map(message -> DeleteMessageBatchRequestEntry.builder()
                        .id(message.messageId())
                        .receiptHandle(message.receiptHandle())
                        .build())
                .toList();
        var result = sqs.deleteMessageBatch(r -> r.queueUrl(queueUrl).entries(entries));
        result.failed()
                .forEach(failed -> errors.accept(
                        "Message " + failed.id() + " was dealt with and could not be deleted: " + failed.message()));
    }

    /** Receives and processes, one batch after the other. */
    private final class Poller {
        private final Thread thread = Thread.ofVirtual()
                .name("poller of " + function.definition().logicalId())
                .unstarted(this::run);
        private volatile boolean receiving;

        private void run() {
            while (!closed) {
                try {
                    receiving = true;
                    var batch = receive();
                    receiving = false;
                    if (!batch.isEmpty()) {
                        process(batch);
                    }
                } catch (RuntimeException e) {
                    // Whatever it was, the queue goes on being served; the batch comes back by itself.
                    receiving = false;
                    reportAndPause(e);
                }
            }
        }

        private void interruptReceive() {
            if (receiving) {
                thread.interrupt();
            }
        }

        /** The first messages that come, and those that follow within the batching window while there is room. */
        private List<Message> receive() {
            var batch = new ArrayList<>(receive(source.batchSize(), LONG_POLL));
            var windowEnd = System.nanoTime() + source.window().toNanos();
            while (!batch.isEmpty() && batch.size() < source.batchSize() && System.nanoTime() < windowEnd) {
                var rest = Duration.ofNanos(Math.max(0, windowEnd - System.nanoTime()));
                batch.addAll(receive(source.batchSize() - batch.size(), rest));
            }
            return batch;
        }

        private List<Message> receive(int most, Duration wait) {
            return sqs.receiveMessage(r -> r.queueUrl(queueUrl)
                            .maxNumberOfMessages(Math.min(most, SQS_BATCH))
                            .waitTimeSeconds((int) wait.toSeconds())
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                            .messageAttributeNames("All"))
                    .messages();
        }

        private void reportAndPause(RuntimeException failure) {
            if (closed) {
                return;
            }
            errors.accept("The queue of " + function.definition().logicalId() + ": " + failure.getMessage());
            try {
                TimeUnit.NANOSECONDS.sleep(PAUSE_AFTER_ERROR.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
