package dev.berth.sim;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Every decision of a schedule: drawn by a seed and written down, or replayed from what was written down. Zero is always
 * the calm choice, so a schedule gets simpler as its choices become zero, and whatever lies beyond the end is calm.
 */
final class Choices {
    private final SplittableRandom random;
    private final int[] given;
    private int[] taken = new int[256];
    private int count;

    private Choices(SplittableRandom random, int[] given) {
        this.random = random;
        this.given = given;
    }

    static Choices seeded(long seed) {
        return new Choices(new SplittableRandom(seed), null);
    }

    static Choices replaying(int[] given) {
        return new Choices(null, given);
    }

    static Choices calm() {
        return replaying(new int[0]);
    }

    /** One of n, each as likely as the others. */
    int pick(int n) {
        return note(random == null ? replayed(n) : random.nextInt(n));
    }

    /** Whether something happens that is not calm. */
    boolean chance(int perMille) {
        return note(random == null ? replayed(2) : random.nextInt(1000) < perMille ? 1 : 0) == 1;
    }

    /** Calm most of the time, else one of 1 to n - 1. */
    int seldom(int perMille, int n) {
        return note(random == null ? replayed(n) : random.nextInt(1000) < perMille ? 1 + random.nextInt(n - 1) : 0);
    }

    /** Choices made so far, without the calm ones at the end. */
    int[] taken() {
        int end = count;
        while (end > 0 && taken[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(taken, end);
    }

    private int replayed(int n) {
        return count < given.length ? Math.min(given[count], n - 1) : 0;
    }

    private int note(int choice) {
        if (count == taken.length) {
            taken = Arrays.copyOf(taken, count * 2);
        }
        taken[count++] = choice;
        return choice;
    }
}
