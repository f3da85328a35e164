package dev.berth.functions;

import dev.berth.model.Failure;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import dev.berth.operation.Delivery;
import dev.berth.operation.Operations;
import dev.berth.operation.Verdict;
import dev.berth.port.Hosts;
import dev.berth.wire.JobJson;
import dev.berth.wire.JobJson.Header;
import java.time.Duration;
import java.util.Optional;

/** Jobs on games, all of one kind. */
record GameJobs(OpKind kind, Operations operations, Hosts hosts) implements Jobs {
    /** The hosts, if it is long that they were read: so a job does not wait for them once it has its game. */
    @Override
    public void prepare() {
        try {
            hosts.all();
        } catch (OperationFailed unread) {
            // Whoever needs them asks again, and it is known then whose failure that is.
        }
    }

    @Override
    public Optional<JobHead> head(JobMessage message) {
        return header(message).map(header -> JobHead.of(header.game(), header.request()));
    }

    @Override
    public Fate perform(JobMessage message, Delivery delivery) {
        try {
            return fate(
                    operations.perform(JobJson.read(kind, message.body(), message.id(), message.sentAt()), delivery));
        } catch (OperationFailed invalid) {
            Failure why = Failure.of(invalid);
            return header(message)
                    .map(header -> fate(operations.refuse(header.game(), kind, header.request(), why, delivery)))
                    .orElseGet(() -> new Fate.Buried(why));
        }
    }

    private Optional<Header> header(JobMessage message) {
        return JobJson.header(kind, message.body(), message.id(), message.sentAt());
    }

    private static Fate fate(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Done _, Verdict.Nothing _ -> new Fate.Done();
            case Verdict.GiveBack(Failure _, Optional<Duration> delay) -> new Fate.GivenBack(delay);
        };
    }
}
