package dev.berth.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.LocalAws;
import dev.berth.model.OpKind;
import dev.berth.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Jobs as a user gives them: a message on a queue, and its result from the queue of results. */
final class Jobs implements AutoCloseable {
    private static final int LONG_POLL_SECONDS = 20;
    private static final int LIMIT_SECONDS = 120;

    private final LocalAws aws;
    private final SqsClient sqs;
    private final Map<String, CompletableFuture<ObjectNode>> results = new ConcurrentHashMap<>();
    private final Thread receiver = Thread.ofPlatform().daemon().name("results").unstarted(this::receive);

    Jobs(LocalAws aws) {
        this.aws = aws;
        this.sqs = aws.sqsClient();
        receiver.start();
    }

    /** The message of a start, on any host, with one published port. */
    static ObjectNode start(String game, String image) {
        ObjectNode message = of(game, "start").put("image_ref", image);
        ObjectNode spec = message.putObject("spec");
        spec.put("vcpu", 0.25).put("memory", "64M").put("settle_seconds", 0);
        spec.putArray("ports").addObject().put("container", 8080);
        return message;
    }

    /** The message of a job that needs no more than its game. */
    static ObjectNode of(String game, String kind) {
        return Json.object().put("game_id", game).put("job_id", game + "-" + kind);
    }

    /** The messages of a game's whole life, in their order. */
    static Map<OpKind, ObjectNode> life(String game, Lab lab) {
        Map<OpKind, ObjectNode> life = new LinkedHashMap<>();
        life.put(OpKind.START, start(game, lab.image()));
        life.put(OpKind.RESTART, of(game, "restart"));
        life.put(OpKind.PATCH, of(game, "patch").put("image_ref", lab.image("1.0.1")));
        life.put(OpKind.STOP, of(game, "stop"));
        life.put(OpKind.CLEANUP_CONTAINER, of(game, "cleanup"));
        return life;
    }

    /**
     * Sends a job and returns when its result is here.
     *
     * @throws IllegalStateException if the job failed, or has no result within two minutes
     */
    void done(String queue, ObjectNode message) {
        CompletableFuture<ObjectNode> result = result(message.path("job_id").asText());
        sqs.sendMessage(send -> send.queueUrl(aws.queueUrl(queue)).messageBody(Json.write(message)));
        String outcome = result.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join()
                .path("outcome")
                .asText();
        if (!outcome.equals("success")) {
            throw new IllegalStateException(message + " failed: " + result.join());
        }
    }

    /** Sends them, so many at a time, and returns when all their results are here. */
    void done(String queue, List<ObjectNode> messages, int atATime) {
        new Callers(atATime).each(messages.size(), number -> done(queue, messages.get(number)));
    }

    private CompletableFuture<ObjectNode> result(String job) {
        return results.computeIfAbsent(job, _ -> new CompletableFuture<>());
    }

    private void receive() {
        String url = aws.queueUrl("JobResults");
        try {
            while (!Thread.currentThread().isInterrupted()) {
                sqs.receiveMessage(receive ->
                                receive.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(LONG_POLL_SECONDS))
                        .messages()
                        .forEach(message -> received(url, message));
            }
        } catch (AbortedException closed) {
            // By whoever closes this, who waits for it.
        }
    }

    private void received(String url, Message message) {
        ObjectNode result = Json.parse(message.body());
        result(result.path("job_id").asText()).complete(result);
        sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
    }

    @Override
    public void close() {
        receiver.interrupt();
        try {
            receiver.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sqs.close();
    }
}
