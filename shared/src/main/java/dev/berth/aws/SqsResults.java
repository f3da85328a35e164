package dev.berth.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.HostResult;
import dev.berth.model.JobId;
import dev.berth.model.JobResult;
import dev.berth.model.TraceHeader;
import dev.berth.port.Results;
import dev.berth.wire.Json;
import dev.berth.wire.ResultJson;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Results on a queue in SQS, with the job's id beside each as an attribute. */
public final class SqsResults implements Results {
    private final SqsClient sqs;
    private final String url;

    public SqsResults(SqsClient sqs, String url) {
        this.sqs = sqs;
        this.url = url;
    }

    @Override
    public void publish(JobResult result, Optional<TraceHeader> trace) {
        send(result.job(), ResultJson.write(result), trace);
    }

    @Override
    public void publish(HostResult result, Optional<TraceHeader> trace) {
        send(result.job(), ResultJson.write(result), trace);
    }

    private void send(JobId job, ObjectNode result, Optional<TraceHeader> trace) {
        AwsErrors.translated(() -> sqs.sendMessage(send -> send.queueUrl(url)
                .messageBody(Json.write(result))
                .messageAttributes(Map.of("job_id", SqsJobQueue.attribute(job.value())))
                .messageSystemAttributes(SqsTraces.attributes(trace))));
    }
}
