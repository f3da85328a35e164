package dev.berth.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What happened, line by line, for a person who has never seen this harness. Written only when asked for. */
final class Trace {
    private static final int WIDTH = 170;

    private final boolean on;
    private final List<String> lines = new ArrayList<>();

    Trace(boolean on) {
        this.on = on;
    }

    void line(long millis, Supplier<String> what) {
        if (on) {
            String text = what.get();
            String shown = text.length() > WIDTH ? text.substring(0, WIDTH) + "..." : text;
            lines.add(String.format(Locale.ROOT, "%10.3f s  %s", millis / 1000.0, shown));
        }
    }

    List<String> lines() {
        return lines;
    }
}
