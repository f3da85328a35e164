package dev.berth.model;

/** The number of a lease. It only grows, so of two attempts on one game the higher fence is the later one. */
public record Fence(long value) implements Comparable<Fence> {
    public Fence {
        if (value < 0) {
            throw new IllegalArgumentException("must not be negative");
        }
    }

    @Override
    public int compareTo(Fence other) {
        return Long.compare(value, other.value);
    }

    public boolean isBefore(Fence other) {
        return compareTo(other) < 0;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
