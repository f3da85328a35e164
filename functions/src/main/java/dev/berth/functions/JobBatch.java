package dev.berth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.berth.aws.SqsJobQueue;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.JobId;
import dev.berth.model.Limits;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import dev.berth.operation.Delivery;
import dev.berth.operation.Operations;
import dev.berth.operation.Verdict;
import dev.berth.port.Clock;
import dev.berth.port.Telemetry;
import dev.berth.wire.JobJson;
import dev.berth.wire.JobJson.Header;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A batch of job messages: games side by side, the messages of one game in their order. The one place where it is
 * decided whether a message is done with or given back.
 */
final class JobBatch {
    private final OpKind kind;
    private final Operations operations;
    private final SqsJobQueue queue;
    private final Telemetry log;
    private final Clock clock;

    JobBatch(OpKind kind, Operations operations, SqsJobQueue queue, Telemetry log, Clock clock) {
        this.kind = kind;
        this.operations = operations;
        this.queue = queue;
        this.log = log;
        this.clock = clock;
    }

    /** Whatever is not proven to be done with is given back, also if this ends in a way that nobody thought of. */
    SQSBatchResponse handle(SQSEvent event, Context lambda) {
        Instant endsAt =
                clock.now().plusMillis(lambda.getRemainingTimeInMillis()).minus(Limits.FUNCTION_MARGIN);
        Set<String> open = ConcurrentHashMap.newKeySet();
        event.getRecords().forEach(message -> open.add(message.getMessageId()));
        ExecutorService games = Executors.newVirtualThreadPerTaskExecutor();
        byGame(event.getRecords())
                .forEach(messages -> games.execute(() -> messages.stream()
                        .filter(message -> isDone(message, endsAt))
                        .forEach(message -> open.remove(message.getMessageId()))));
        awaitEnd(games, endsAt.plus(Limits.FUNCTION_MARGIN.dividedBy(2)));
        return new SQSBatchResponse(open.stream().map(BatchItemFailure::new).toList());
    }

    private void awaitEnd(ExecutorService games, Instant limit) {
        games.shutdown();
        try {
            long millis = Duration.between(clock.now(), limit).toMillis();
            if (!games.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
                games.shutdownNow();
            }
        } catch (InterruptedException e) {
            games.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private List<List<SQSMessage>> byGame(List<SQSMessage> messages) {
        Map<String, List<SQSMessage>> byGame = new LinkedHashMap<>();
        for (SQSMessage message : messages) {
            String game = header(message).map(header -> header.game().value()).orElse(message.getMessageId());
            byGame.computeIfAbsent(game, _ -> new ArrayList<>()).add(message);
        }
        return List.copyOf(byGame.values());
    }

    /** @return whether the message can be deleted; otherwise it was given back, or comes back by itself */
    private boolean isDone(SQSMessage message, Instant endsAt) {
        try {
            if (Duration.between(clock.now(), endsAt).compareTo(Limits.MIN_ATTEMPT) < 0) {
                // Too late in this invocation to begin anything, which says nothing about the job.
                queue.giveBack(message.getReceiptHandle(), Duration.ZERO);
                return false;
            }
            return switch (verdict(message, endsAt)) {
                case Verdict.Done _ -> true;
                case Verdict.GiveBack(Failure _, Optional<Duration> delay) -> {
                    queue.giveBack(message.getReceiptHandle(), delay.orElseGet(() -> backOff(deliveries(message))));
                    yield false;
                }
            };
        } catch (Unusable unusable) {
            bury(message, unusable.why);
            return true;
        } catch (Throwable defect) {
            // An out-of-memory error too must not end the messages of this game that come after.
            log.defect(OpId.of(new JobId(message.getMessageId())), defect);
            return false;
        }
    }

    private Verdict verdict(SQSMessage message, Instant endsAt) {
        Delivery delivery = new Delivery(deliveries(message) >= Limits.MAX_DELIVERIES, endsAt);
        try {
            return operations.perform(
                    JobJson.read(kind, message.getBody(), message.getMessageId(), sentAt(message)), delivery);
        } catch (OperationFailed invalid) {
            Header header = header(message).orElseThrow(() -> new Unusable(Failure.of(invalid)));
            return operations.refuse(header.game(), kind, header.request(), Failure.of(invalid), delivery);
        }
    }

    private Optional<Header> header(SQSMessage message) {
        return JobJson.header(kind, message.getBody(), message.getMessageId(), sentAt(message));
    }

    /** Nobody can be answered: the message goes where dead ones go, at its first delivery. */
    private void bury(SQSMessage message, Failure why) {
        OpId op = OpId.of(new JobId(message.getMessageId()));
        queue.bury(
                message.getBody(),
                message.getMessageId(),
                op.value(),
                why.code().wire(),
                why.text());
    }

    /** Doubles with each delivery, and is spread so that what failed together does not come back together. */
    static Duration backOff(int deliveries) {
        Duration delay = Limits.GIVE_BACK.multipliedBy(1L << Math.min(deliveries - 1, 10));
        Duration most = delay.compareTo(Limits.GIVE_BACK_MAX) < 0 ? delay : Limits.GIVE_BACK_MAX;
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most.toMillis() / 2, most.toMillis() + 1));
    }

    private static int deliveries(SQSMessage message) {
        return Integer.parseInt(message.getAttributes().getOrDefault("ApproximateReceiveCount", "1"));
    }

    private Instant sentAt(SQSMessage message) {
        return Optional.ofNullable(message.getAttributes().get("SentTimestamp"))
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
                .orElseGet(clock::now);
    }

    /** A message that is not even an object with a usable game id. */
    private static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Failure why;

        Unusable(Failure why) {
            super(ErrorCode.INVALID_REQUEST.wire());
            this.why = why;
        }
    }
}
