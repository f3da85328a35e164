package dev.berth.operation;

import java.time.Instant;

/**
 * The circumstances under which a job is being done.
 *
 * @param last whether there will be no other delivery, so that whatever happens now is final
 * @param endsAt when the attempt must have come to an end
 */
public record Delivery(boolean last, Instant endsAt) {}
