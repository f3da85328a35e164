package dev.berth.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The time of a core that a stack's processes have taken; the engines' own is not in it. */
record CoreTime(Map<Whose, Duration> taken) {
    static final CoreTime NONE = new CoreTime(Map.of());

    /** Which processes. */
    enum Whose {
        FUNCTIONS("the functions", "dev.berth.functions."),
        DYNAMO("DynamoDB Local", "software.amazon.dynamodb.services.local"),
        /** This process, which has all the rest in it. */
        REST("ElasticMQ, its pollers and the callers", "");

        private final String title;
        private final String argument;

        Whose(String title, String argument) {
            this.title = title;
            this.argument = argument;
        }

        String title() {
            return title;
        }

        /** Of this process' children; the engines and the shells that look after children are nobody's here. */
        private static Optional<Whose> of(ProcessHandle child) {
            String command = command(child);
            return Stream.of(FUNCTIONS, DYNAMO)
                    .filter(whose -> command.contains(whose.argument))
                    .findFirst();
        }

        /** In full, where Java tells only the beginning of it; empty once it has ended. */
        private static String command(ProcessHandle process) {
            try {
                return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            } catch (IOException ended) {
                return "";
            }
        }
    }

    /** What they have taken so far. */
    static CoreTime now() {
        Map<Whose, Duration> taken = new EnumMap<>(Whose.class);
        taken.put(Whose.REST, of(ProcessHandle.current()));
        ProcessHandle.current()
                .children()
                .forEach(child -> Whose.of(child).ifPresent(whose -> taken.merge(whose, of(child), Duration::plus)));
        return new CoreTime(taken);
    }

    private static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** In milliseconds, for each of so many. */
    double millis(Whose whose, int each) {
        return taken.getOrDefault(whose, Duration.ZERO).toNanos() / 1e6 / each;
    }

    CoreTime plus(CoreTime other) {
        return merged(other, 1);
    }

    CoreTime minus(CoreTime other) {
        return merged(other, -1);
    }

    private CoreTime merged(CoreTime other, int sign) {
        Map<Whose, Duration> both = new EnumMap<>(Whose.class);
        both.putAll(taken);
        other.taken.forEach((whose, time) -> both.merge(whose, time.multipliedBy(sign), Duration::plus));
        return new CoreTime(both);
    }
}
