package dev.berth.operation;

import dev.berth.model.TraceHeader;
import java.time.Instant;
import java.util.Optional;

/**
 * The circumstances under which a job is being done.
 *
 * @param last whether there will be no other delivery, so that whatever happens now is final
 * @param endsAt when the attempt must have come to an end
 * @param trace that the job belongs to; stands in every line, and is passed on
 */
public record Delivery(boolean last, Instant endsAt, Optional<TraceHeader> trace) {
    /** Not the last one. */
    public static Delivery until(Instant endsAt) {
        return new Delivery(false, endsAt, Optional.empty());
    }

    /** For a job that this one leads to: whatever becomes of that one now, there will be another. */
    Delivery within() {
        return new Delivery(false, endsAt, trace);
    }
}
