package dev.berth.cli;

import dev.berth.model.Exit;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.WireName;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A game's record in a few words. */
record RecordText(RuntimeRecord record) {
    /** Its status, and what there is to say of it: how it ended, why it failed, what else is wanted. */
    String status() {
        return Stream.of(Stream.of(record.status().wire()), ending(), failure(), wish())
                .flatMap(part -> part)
                .collect(Collectors.joining(", "));
    }

    private Stream<String> ending() {
        return switch (record.status()) {
            case STOPPED, FAILED -> record.exit().stream().flatMap(RecordText::exit);
            case RUNNING, LOST, REMOVED -> Stream.empty();
        };
    }

    private static Stream<String> exit(Exit exit) {
        return Stream.concat(
                exit.oomKilled() ? Stream.of("out of memory") : Stream.empty(),
                exit.code().filter(code -> code != 0).map(code -> "exit code " + code).stream());
    }

    private Stream<String> failure() {
        return record.failure().map(WireName::wire).stream();
    }

    /** What is asked for and not done yet. */
    private Stream<String> wish() {
        return switch (record.desired()) {
            case RUNNING -> Stream.empty();
            case STOPPED ->
                switch (record.status()) {
                    case RUNNING, LOST -> Stream.of("to be stopped");
                    case STOPPED, FAILED, REMOVED -> Stream.empty();
                };
            case REMOVED ->
                switch (record.status()) {
                    case RUNNING, STOPPED, FAILED, LOST -> Stream.of("to be removed");
                    case REMOVED -> Stream.empty();
                };
        };
    }
}
