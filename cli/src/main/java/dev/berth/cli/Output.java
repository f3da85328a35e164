package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.wire.Json;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command prints with: data to standard output, as text or as JSON, and progress to standard error. */
final class Output {
    /** The launcher knows which of the two is a terminal. */
    private static final String OUT_IS_TERMINAL = "berth.stdout.terminal";

    private static final String ERR_IS_TERMINAL = "berth.stderr.terminal";
    private static final String CLEAR_LINE = "\r\033[K";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    private String shown = "";

    boolean json() {
        return json;
    }

    /** The colours of standard output. */
    Style style() {
        return new Style(!json && Boolean.getBoolean(OUT_IS_TERMINAL) && System.getenv("NO_COLOR") == null);
    }

    /** A line of data for people. */
    synchronized void line(String text) {
        println(out(), text);
    }

    /** A line of data for programs. */
    void line(JsonNode object) {
        line(Json.write(object));
    }

    /** A line that stays, about what goes on. */
    synchronized void note(String text) {
        endProgress();
        println(err(), text);
    }

    /** What goes on right now, and since when: on a terminal one line that changes, elsewhere a line for each change. */
    synchronized void progress(String text, Duration since) {
        if (Boolean.getBoolean(ERR_IS_TERMINAL)) {
            err().print(CLEAR_LINE + text + " (" + since.toSeconds() + " s)");
            err().flush();
        } else if (!text.equals(shown)) {
            println(err(), text);
        }
        shown = text;
    }

    /** Takes the changing line away. */
    synchronized void endProgress() {
        if (!shown.isEmpty() && Boolean.getBoolean(ERR_IS_TERMINAL)) {
            err().print(CLEAR_LINE);
            err().flush();
        }
        shown = "";
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private static void println(PrintWriter writer, String text) {
        writer.println(text);
        writer.flush();
    }
}
