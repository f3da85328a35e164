package dev.berth.sim;

import dev.berth.model.GameId;
import dev.berth.model.JobId;
import dev.berth.model.Limits;
import dev.berth.model.OpKind;
import dev.berth.model.OperationEntry;
import dev.berth.model.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The job queues: every message is delivered at least once, in no particular order, again when its visibility time-out
 * is over, and ends deleted or, after its last permitted delivery, in the dead-letter queue.
 */
final class QueueModel {
    private final Scheduler scheduler;
    private final Trace trace;
    private final Faults faults;
    private final List<Message> messages = new ArrayList<>();
    private final BiConsumer<Message, Integer> receiver;

    /** @param receiver is given a message and which of its deliveries this is */
    QueueModel(Scheduler scheduler, Trace trace, Faults faults, BiConsumer<Message, Integer> receiver) {
        this.scheduler = scheduler;
        this.trace = trace;
        this.faults = faults;
        this.receiver = receiver;
    }

    /** Six times the function's time-out, as in template.yaml. */
    static Duration visibilityTimeout(OpKind kind) {
        return Duration.ofSeconds(
                switch (kind) {
                    case STOP -> 2160;
                    case RESTART, PATCH -> 3600;
                    case START, CLEANUP_CONTAINER, RECONCILE_ADOPT, RECONCILE_DISPOSE -> 720;
                });
    }

    List<Message> messages() {
        return messages;
    }

    boolean isEmpty() {
        return messages.stream().allMatch(Message::isOver);
    }

    /** When the job of an entry was asked for; null if several jobs that differ have its id. */
    Instant requestedAt(GameId game, OperationEntry entry) {
        List<Instant> asked = messages.stream()
                .map(message -> message.job)
                .filter(job -> job.game().equals(game) && job.request().job().equals(entry.job()))
                .map(job -> job.request().requestedAt())
                .distinct()
                .toList();
        return asked.size() == 1 ? asked.getFirst() : null;
    }

    /** Whether jobs with other content have that id too. */
    boolean isAmbiguous(JobId id) {
        return messages.stream()
                        .map(message -> message.job.request())
                        .filter(request -> request.job().equals(id))
                        .map(Request::contentHash)
                        .distinct()
                        .count()
                > 1;
    }

    void send(Message message) {
        messages.add(message);
        trace.line(scheduler.now(), () -> "sent: " + message);
        visibleIn(message, faults.travel());
    }

    /** Makes a message visible again after that long. */
    void visibleIn(Message message, long millis) {
        long at = scheduler.now() + millis;
        message.visibleAt = at;
        scheduler.after(millis, () -> {
            if (message.visibleAt == at) {
                receive(message);
            }
        });
    }

    private void receive(Message message) {
        if (message.isOver()) {
            return;
        }
        if (message.deliveries == Limits.MAX_DELIVERIES) {
            message.dead = true;
            trace.line(scheduler.now(), () -> "dead letter: " + message);
            return;
        }
        message.deliveries++;
        visibleIn(message, visibilityTimeout(message.job.kind()).toMillis());
        receiver.accept(message, message.deliveries);
        if (faults.deliveredTwice()) {
            trace.line(scheduler.now(), () -> "delivered a second time: " + message);
            int same = message.deliveries;
            scheduler.after(faults.lateness(), () -> receiver.accept(message, same));
        }
    }

    void delete(Message message) {
        message.deleted = true;
    }
}
