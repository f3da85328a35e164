package dev.berth.sim;

import dev.berth.model.OpId;
import dev.berth.port.Telemetry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** Remembers the defects that are told, and nothing else. */
final class Defects implements Telemetry {
    private final List<String> told = new ArrayList<>();

    List<String> told() {
        return told;
    }

    @Override
    public void tell(Event event) {
        // The trace has more.
    }

    @Override
    public void tell(Round round) {
        // And so has that.
    }

    @Override
    public void defect(OpId op, Throwable defect) {
        StringWriter stack = new StringWriter();
        defect.printStackTrace(new PrintWriter(stack));
        told.add(op + " " + stack);
    }
}
