package dev.berth.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Several that do the same, in turns: whatever else slows the machine down for a while, slows down all of them. Each round begins
 * with another one. The entrants are closed with it.
 */
final class Race implements AutoCloseable {
    private final List<? extends Entrant> entrants;
    private final Map<String, Map<String, List<Duration>>> measured = new LinkedHashMap<>();
    private int games;

    Race(List<? extends Entrant> entrants) {
        this.entrants = entrants;
    }

    /** Rounds that do not count. */
    void warmUp(int rounds) {
        for (int round = 0; round < rounds; round++) {
            inTurn(round).forEach(entrant -> entrant.life(nextGame()));
        }
    }

    /** @return what was measured, by the part of a life and then by the entrant, in their order */
    Map<String, Map<String, Samples>> run(int rounds) {
        for (int round = 0; round < rounds; round++) {
            inTurn(round)
                    .forEach(entrant -> entrant.life(nextGame()).forEach((part, took) -> note(part, entrant, took)));
        }
        Map<String, Map<String, Samples>> samples = new LinkedHashMap<>();
        measured.forEach((part, all) -> samples.put(part, inOrder(all)));
        return samples;
    }

    private List<Entrant> inTurn(int round) {
        List<Entrant> order = new ArrayList<>(entrants);
        Collections.rotate(order, -round);
        return order;
    }

    private String nextGame() {
        games++;
        return "game-" + games;
    }

    private void note(String part, Entrant entrant, Duration took) {
        measured.computeIfAbsent(part, _ -> new LinkedHashMap<>())
                .computeIfAbsent(entrant.name(), _ -> new ArrayList<>())
                .add(took);
    }

    private Map<String, Samples> inOrder(Map<String, List<Duration>> all) {
        Map<String, Samples> samples = new LinkedHashMap<>();
        entrants.forEach(entrant -> Optional.ofNullable(all.get(entrant.name()))
                .ifPresent(each -> samples.put(entrant.name(), new Samples(each))));
        return samples;
    }

    @Override
    public void close() {
        entrants.forEach(Entrant::close);
    }
}
