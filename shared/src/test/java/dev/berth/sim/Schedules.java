package dev.berth.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Runs schedules by seed, and makes a failing one as short as it gets. */
final class Schedules {
    private static final int MAX_SHRINKS = 3_000;
    private static final int SHOWN = 3;

    private final Setup setup;
    private final Function<Choices, Scenario> scenarios;

    Schedules() {
        this(Setup.CORRECT);
    }

    Schedules(Setup setup) {
        this(setup, Scenario::random);
    }

    /** @param scenarios what schedules begin with */
    Schedules(Setup setup, Function<Choices, Scenario> scenarios) {
        this.setup = setup;
        this.scenarios = scenarios;
    }

    /** What a failing schedule comes down to. */
    record Failing(long seed, String shortest, Throwable failure, List<String> trace) {
        String report() {
            return "seed " + seed + " breaks a promise: " + failure.getMessage()
                    + "\nshortest schedule that still does: " + shortest()
                    + "\nthis is what happens in it:\n" + String.join("\n", trace);
        }
    }

    /** Stories of the first schedules that break a promise, of so many from that seed on. */
    List<String> broken(long first, long count) {
        return LongStream.range(first, first + count)
                .parallel()
                .mapToObj(this::run)
                .flatMap(Optional::stream)
                .map(Failing::report)
                .limit(SHOWN)
                .toList();
    }

    /**
     * Stories of those that break a promise again.
     *
     * @param resource what once failed, a line each: seed or choices, a colon, and what it found
     */
    List<String> brokenAgain(String resource) throws IOException {
        return known(resource)
                .map(line -> line.substring(0, line.indexOf(':')))
                .map(known -> known.contains("=") ? replay(known) : run(Long.parseLong(known)))
                .flatMap(Optional::stream)
                .map(Failing::report)
                .toList();
    }

    private static Stream<String> known(String resource) throws IOException {
        try (InputStream file = Schedules.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList().stream();
        }
    }

    Optional<Failing> run(long seed) {
        Choices choices = Choices.seeded(seed);
        return failure(choices, new Trace(false)).map(failure -> {
            int[] shortest = shrink(choices.taken(), failure);
            Trace trace = new Trace(true);
            Throwable again = failure(Choices.replaying(shortest), trace).orElseThrow();
            return new Failing(seed, told(shortest), again, trace.lines());
        });
    }

    /** The promise that this schedule breaks, in its own words; without looking for a shorter one. */
    Optional<String> promiseBrokenBy(long seed) {
        return failure(Choices.seeded(seed), new Trace(false)).map(Schedules::promise);
    }

    Optional<Failing> replay(String shortest) {
        int[] choices = parse(shortest);
        Trace trace = new Trace(true);
        return failure(Choices.replaying(choices), trace)
                .map(failure -> new Failing(0, shortest, failure, trace.lines()));
    }

    /** The choices that are not calm, as {@code position=choice}, to be replayed with {@link #replay}. */
    static String told(int[] choices) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < choices.length; i++) {
            if (choices[i] != 0) {
                parts.add(i + "=" + choices[i]);
            }
        }
        return String.join(",", parts);
    }

    static int[] parse(String shortest) {
        int[] choices = new int[0];
        for (String part : shortest.isBlank() ? new String[0] : shortest.split(",")) {
            int position = Integer.parseInt(part.substring(0, part.indexOf('=')).strip());
            choices = Arrays.copyOf(choices, Math.max(choices.length, position + 1));
            choices[position] =
                    Integer.parseInt(part.substring(part.indexOf('=') + 1).strip());
        }
        return choices;
    }

    private Optional<Throwable> failure(Choices choices, Trace trace) {
        try {
            Scenario scenario = scenarios.apply(choices);
            new Sim(scenario, new RandomFaults(choices), trace, setup).run();
            return Optional.empty();
        } catch (RuntimeException | AssertionError broken) {
            trace.lines().add("            => " + broken);
            return Optional.of(broken);
        }
    }

    /** Makes ever smaller parts of the choices calm, or leaves them out, as long as the same promise is broken. */
    private int[] shrink(int[] failing, Throwable failure) {
        int[] best = failing;
        int tries = 0;
        boolean better = true;
        while (better && tries < MAX_SHRINKS) {
            better = false;
            for (int size = best.length; size > 0 && tries < MAX_SHRINKS; size /= 2) {
                for (int from = 0; from < best.length && tries < MAX_SHRINKS; from += size) {
                    for (int[] candidate : List.of(calmed(best, from, size), without(best, from, size))) {
                        tries++;
                        if (simpler(candidate, best) && sameFailure(candidate, failure)) {
                            best = candidate;
                            better = true;
                        }
                    }
                }
            }
        }
        return best;
    }

    private static boolean simpler(int[] candidate, int[] best) {
        return candidate.length < best.length
                || Arrays.stream(candidate).filter(c -> c != 0).count()
                        < Arrays.stream(best).filter(c -> c != 0).count();
    }

    private boolean sameFailure(int[] candidate, Throwable failure) {
        return failure(Choices.replaying(candidate), new Trace(false))
                .filter(other -> promise(other).equals(promise(failure)))
                .isPresent();
    }

    private static String promise(Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        return failure instanceof Violation
                ? text.substring(0, text.indexOf(':'))
                : failure.getClass().getName();
    }

    private static int[] calmed(int[] choices, int from, int size) {
        int[] calmed = choices.clone();
        Arrays.fill(calmed, from, Math.min(calmed.length, from + size), 0);
        int end = calmed.length;
        while (end > 0 && calmed[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(calmed, end);
    }

    private static int[] without(int[] choices, int from, int size) {
        int to = Math.min(choices.length, from + size);
        int[] rest = Arrays.copyOf(choices, choices.length - (to - from));
        System.arraycopy(choices, to, rest, from, choices.length - to);
        return rest;
    }
}
