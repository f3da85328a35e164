package dev.berth.port;

import dev.berth.model.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls to container engines in the order of their ends: the first few, and how many more there were.
 *
 * @param first at most {@link Limits#CALLS_TOLD}
 */
public record EngineCalls(List<EngineCall> first, int more) {
    public static final EngineCalls NONE = new EngineCalls(List.of(), 0);

    public EngineCalls {
        first = List.copyOf(first);
    }

    public EngineCalls with(EngineCall call) {
        if (first.size() == Limits.CALLS_TOLD) {
            return new EngineCalls(first, more + 1);
        }
        List<EngineCall> longer = new ArrayList<>(first);
        longer.add(call);
        return new EngineCalls(longer, more);
    }
}
