package dev.berth.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Faults by seed. Each schedule allows some kinds of faults and forbids the others, because faults that always come
 * together hide each other.
 */
final class RandomFaults implements Faults {
    private static final int[] RATES = {0, 10, 40, 150};
    private static final long[] TRAVEL = {1, 5, 40, 300, 2_000};
    private static final long[] WORK = {1, 20, 150, 1_500, 20_000};
    private static final long[] STANDSTILL = {70_000, 2_000, 40_000, 62_000, 95_000};
    private static final long[] LATENESS = {70_000, 50, 5_000, 30_000, 300_000};

    private final Choices choices;
    private final int rate;
    private final int slow;
    private final int twice;
    private final List<Fault> allowed = new ArrayList<>();
    private boolean calm;

    RandomFaults(Choices choices) {
        this.choices = choices;
        this.rate = RATES[choices.pick(RATES.length)];
        this.slow = RATES[choices.pick(RATES.length)];
        this.twice = RATES[choices.pick(RATES.length)];
        List<Fault> kinds = Arrays.stream(Fault.values())
                .filter(fault -> fault != Fault.NONE)
                .toList();
        if (choices.pick(3) == 2) {
            allowed.add(kinds.get(choices.pick(kinds.size())));
        } else {
            kinds.stream().filter(kind -> choices.pick(2) == 1).forEach(allowed::add);
        }
    }

    /** From now on nothing goes wrong any more. */
    void end() {
        calm = true;
    }

    @Override
    public Fault at(Call call) {
        if (calm || allowed.isEmpty()) {
            return Fault.NONE;
        }
        int chosen = choices.seldom(rate, allowed.size() + 1);
        Fault fault = chosen == 0 ? Fault.NONE : allowed.get(chosen - 1);
        boolean meaningless = !call.port().repeatable() && fault == Fault.TWICE;
        return meaningless ? Fault.NONE : fault;
    }

    @Override
    public long travel() {
        return calm ? 1 : TRAVEL[choices.seldom(slow, TRAVEL.length)];
    }

    @Override
    public long standstill() {
        return STANDSTILL[choices.pick(STANDSTILL.length)];
    }

    @Override
    public long lateness() {
        return LATENESS[choices.pick(LATENESS.length)];
    }

    @Override
    public boolean deliveredTwice() {
        return !calm && choices.chance(twice);
    }

    @Override
    public long work() {
        return calm ? 1 : WORK[choices.seldom(slow, WORK.length)];
    }

    @Override
    public int way(int n) {
        return calm || n < 2 ? 0 : choices.seldom(slow, n);
    }

    @Override
    public boolean indexIsLate() {
        return !calm && choices.chance(slow);
    }
}
