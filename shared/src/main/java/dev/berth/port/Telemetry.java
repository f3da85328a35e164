package dev.berth.port;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import java.time.Duration;
import java.util.Optional;

/** Where what happens is told: one line for each step that ended, and one for each operation. */
public interface Telemetry {
    /**
     * Something ended.
     *
     * @param step absent for the whole operation
     * @param outcome a word: done, failed, undone, suspended, or an effect
     * @param detail for people, without secrets
     */
    record Event(
            OpId op,
            GameId game,
            OpKind kind,
            Optional<String> step,
            String outcome,
            Optional<ErrorCode> code,
            Optional<String> detail,
            Duration took) {}

    void tell(Event event);

    /**
     * A job on a host ended.
     *
     * @param settled how many differences were settled
     */
    record Round(
            OpId op,
            HostId host,
            String outcome,
            Optional<ErrorCode> code,
            Optional<String> detail,
            int settled,
            Duration took) {}

    void tell(Round round);

    /** Something went wrong that nobody thought of; tells all that is known, so that it can be found. */
    void defect(OpId op, Throwable defect);
}
