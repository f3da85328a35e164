package dev.berth.aws;

import dev.berth.model.ErrorCode;
import dev.berth.model.Job;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import dev.berth.model.ReconcileJob;
import dev.berth.model.TraceHeader;
import dev.berth.port.JobQueues;
import dev.berth.wire.JobMessages;
import dev.berth.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The queues in SQS that a sweep sends jobs to. */
public final class SqsJobQueues implements JobQueues {
    /** As many messages as one call takes; ten of ours are far smaller than what it may carry. */
    private static final int BATCH = 10;

    private final SqsClient sqs;
    private final Map<OpKind, String> urls;
    private final String reconcileUrl;

    /**
     * The queues of a stack.
     *
     * @param urls those of the kinds of jobs that may be sent
     */
    public SqsJobQueues(SqsClient sqs, Map<OpKind, String> urls, String reconcileUrl) {
        this.sqs = sqs;
        this.urls = Map.copyOf(urls);
        this.reconcileUrl = reconcileUrl;
    }

    @Override
    public void send(List<Job> jobs, Optional<TraceHeader> trace) {
        Map<String, List<String>> messages = new LinkedHashMap<>();
        jobs.forEach(job -> messages.computeIfAbsent(url(job.kind()), _ -> new ArrayList<>())
                .add(Json.write(JobMessages.write(job))));
        sendAll(messages, trace);
    }

    @Override
    public void sendReconciles(List<ReconcileJob> jobs, Optional<TraceHeader> trace) {
        List<String> bodies =
                jobs.stream().map(JobMessages::write).map(Json::write).toList();
        sendAll(Map.of(reconcileUrl, bodies), trace);
    }

    private String url(OpKind kind) {
        return Optional.ofNullable(urls.get(kind))
                .orElseThrow(() -> new IllegalArgumentException("no queue for " + kind.wire()));
    }

    /** Every queue is tried, whatever became of the one before; it is told of the first that failed. */
    private void sendAll(Map<String, List<String>> messages, Optional<TraceHeader> trace) {
        List<OperationFailed> failures = new ArrayList<>();
        messages.forEach((url, bodies) -> {
            try {
                sendAll(url, bodies, trace);
            } catch (OperationFailed failure) {
                failures.add(failure);
            }
        });
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private void sendAll(String url, List<String> bodies, Optional<TraceHeader> trace) {
        int refused = 0;
        for (int from = 0; from < bodies.size(); from += BATCH) {
            refused += refused(url, bodies.subList(from, Math.min(from + BATCH, bodies.size())), trace);
        }
        if (refused > 0) {
            throw new OperationFailed(
                    ErrorCode.STORE_UNAVAILABLE,
                    "the queue did not take " + refused + " of " + bodies.size() + " jobs");
        }
    }

    private int refused(String url, List<String> bodies, Optional<TraceHeader> trace) {
        List<SendMessageBatchRequestEntry> entries = IntStream.range(0, bodies.size())
                .mapToObj(each -> SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(each))
                        .messageBody(bodies.get(each))
                        .messageSystemAttributes(SqsTraces.attributes(trace))
                        .build())
                .toList();
        return AwsErrors.translated(
                        () -> sqs.sendMessageBatch(send -> send.queueUrl(url).entries(entries)))
                .failed()
                .size();
    }
}
