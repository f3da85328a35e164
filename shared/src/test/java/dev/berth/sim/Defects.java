package dev.berth.sim;

import dev.berth.port.Telemetry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** Remembers the defects that are told, and nothing else: of that the trace has more. */
final class Defects implements Telemetry {
    private final List<String> told = new ArrayList<>();

    List<String> told() {
        return told;
    }

    @Override
    public void tell(Told something) {
        if (something instanceof Defect(Cause cause, Throwable defect)) {
            StringWriter stack = new StringWriter();
            defect.printStackTrace(new PrintWriter(stack));
            told.add(cause.op() + " " + stack);
        }
    }
}
