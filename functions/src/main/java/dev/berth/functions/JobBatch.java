package dev.berth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.berth.aws.SqsJobQueue;
import dev.berth.model.Failure;
import dev.berth.model.JobId;
import dev.berth.model.Limits;
import dev.berth.model.OpId;
import dev.berth.model.Request;
import dev.berth.operation.Delivery;
import dev.berth.port.Clock;
import dev.berth.port.Telemetry;
import dev.berth.port.Telemetry.Cause;
import java.security.SecureRandom;
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
import java.util.concurrent.TimeUnit;

/**
 * A batch of job messages: games (or hosts) side by side, the messages of one of them in their order. The one place
 * where it is decided whether a message is done with or given back.
 */
final class JobBatch {
    private final Jobs jobs;
    private final SqsJobQueue queue;
    private final Telemetry log;
    private final Clock clock;

    /** A message, and what it tells of itself. */
    private record Taken(JobMessage message, Optional<JobHead> head) {
        String subject() {
            return head.map(JobHead::subject).orElse(message.id());
        }

        Cause cause() {
            JobId job = head.map(JobHead::request).map(Request::job).orElseGet(() -> new JobId(message.id()));
            return new Cause(OpId.of(job), message.trace());
        }
    }

    JobBatch(Jobs jobs, SqsJobQueue queue, Telemetry log, Clock clock) {
        this.jobs = jobs;
        this.queue = queue;
        this.log = log;
        this.clock = clock;
    }

    /** Whatever is not proven to be done with is given back, also if this ends in a way that nobody thought of. */
    SQSBatchResponse handle(SQSEvent event, Context lambda) {
        Instant endsAt = endOf(lambda, clock);
        List<Taken> batch = event.getRecords().stream()
                .map(message -> JobMessage.of(message, clock.now()))
                .map(message -> new Taken(message, jobs.head(message)))
                .toList();
        Set<String> open = ConcurrentHashMap.newKeySet();
        batch.forEach(taken -> open.add(taken.message().id()));
        ExecutorService subjects = Executors.newVirtualThreadPerTaskExecutor();
        subjects.execute(jobs::prepare);
        bySubject(batch)
                .forEach(inOrder -> subjects.execute(() -> inOrder.stream()
                        .filter(taken -> isDone(taken, endsAt))
                        .forEach(taken -> open.remove(taken.message().id()))));
        awaitEnd(subjects, endsAt.plus(Limits.FUNCTION_MARGIN.dividedBy(2)));
        return new SQSBatchResponse(open.stream().map(BatchItemFailure::new).toList());
    }

    /** When work must have come to an end in that invocation, so that there is time left to say so. */
    static Instant endOf(Context lambda, Clock clock) {
        return clock.now().plusMillis(lambda.getRemainingTimeInMillis()).minus(Limits.FUNCTION_MARGIN);
    }

    private void awaitEnd(ExecutorService subjects, Instant limit) {
        subjects.shutdown();
        try {
            long millis = Duration.between(clock.now(), limit).toMillis();
            if (!subjects.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
                subjects.shutdownNow();
            }
        } catch (InterruptedException e) {
            subjects.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static List<List<Taken>> bySubject(List<Taken> batch) {
        Map<String, List<Taken>> bySubject = new LinkedHashMap<>();
        batch.forEach(taken -> bySubject
                .computeIfAbsent(taken.subject(), _ -> new ArrayList<>())
                .add(taken));
        return List.copyOf(bySubject.values());
    }

    /** @return whether the message can be deleted; otherwise it was given back, or comes back by itself */
    private boolean isDone(Taken taken, Instant endsAt) {
        JobMessage message = taken.message();
        try {
            if (Duration.between(clock.now(), endsAt).compareTo(Limits.MIN_ATTEMPT) < 0) {
                // Too late in this invocation to begin anything, which says nothing about the job.
                queue.giveBack(message.handle(), Duration.ZERO);
                return false;
            }
            log.tell(received(taken));
            boolean last = message.deliveries() >= Limits.MAX_DELIVERIES;
            return switch (jobs.perform(message, new Delivery(last, endsAt, message.trace()))) {
                case Fate.Done _ -> true;
                case Fate.GivenBack(Optional<Duration> delay) -> {
                    queue.giveBack(message.handle(), delay.orElseGet(() -> backOff(message.deliveries())));
                    yield false;
                }
                case Fate.Buried(Failure why) -> {
                    bury(taken, why);
                    yield true;
                }
            };
        } catch (Throwable defect) {
            // An out-of-memory error too must not end the messages of this game that come after.
            log.tell(new Telemetry.Defect(taken.cause(), defect));
            return false;
        }
    }

    private Telemetry.Received received(Taken taken) {
        JobMessage message = taken.message();
        Optional<Request> request = taken.head().map(JobHead::request);
        Duration age = Duration.between(message.sentAt(), clock.now());
        return new Telemetry.Received(
                taken.cause(),
                queue.name(),
                message.id(),
                request.map(Request::job),
                taken.head().flatMap(JobHead::game),
                taken.head().flatMap(JobHead::host),
                request.map(Request::source),
                request.flatMap(Request::sourceRef),
                message.deliveries(),
                // The queue's clock may be ahead of ours.
                age.isNegative() ? Duration.ZERO : age);
    }

    private void bury(Taken taken, Failure why) {
        JobMessage message = taken.message();
        queue.bury(message.body(), message.id(), taken.cause(), why);
        log.tell(new Telemetry.Buried(taken.cause(), queue.name(), message.id(), why.code()));
    }

    /** Doubles with each delivery, and is spread so that what failed together does not come back together. */
    static Duration backOff(int deliveries) {
        Duration delay = Limits.GIVE_BACK.multipliedBy(1L << Math.min(deliveries - 1, 10));
        Duration most = delay.compareTo(Limits.GIVE_BACK_MAX) < 0 ? delay : Limits.GIVE_BACK_MAX;
        return Duration.ofMillis(new SecureRandom().nextLong(most.toMillis() / 2, most.toMillis() + 1));
    }
}
