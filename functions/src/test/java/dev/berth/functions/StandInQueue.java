package dev.berth.functions;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** Notes what is given back and sent, until it is down: a real queue cannot be made to fail at will. */
final class StandInQueue implements SqsClient {
    final List<String> givenBack = new CopyOnWriteArrayList<>();
    final List<String> sent = new CopyOnWriteArrayList<>();
    final List<SendMessageRequest> requests = new CopyOnWriteArrayList<>();
    volatile boolean down;

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        requireUp();
        sent.add(request.messageBody());
        requests.add(request);
        return SendMessageResponse.builder().build();
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        requireUp();
        givenBack.add(request.receiptHandle() + " " + request.visibilityTimeout());
        return ChangeMessageVisibilityResponse.builder().build();
    }

    private void requireUp() {
        if (down) {
            throw SdkClientException.create("simulated: the queue is down");
        }
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {}
}
