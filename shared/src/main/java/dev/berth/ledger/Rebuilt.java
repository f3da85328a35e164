package dev.berth.ledger;

import dev.berth.model.Fence;
import dev.berth.model.OpId;
import dev.berth.model.RuntimeRecord;
import java.util.Optional;

/**
 * A game whose item was made anew.
 *
 * @param op under which that is found in the log
 * @param seq of the entry that tells of it
 * @param fence above all that the log tells of
 * @param record as it is from now on; empty if the log never tells of one
 */
public record Rebuilt(OpId op, long seq, Fence fence, Optional<RuntimeRecord> record) {}
