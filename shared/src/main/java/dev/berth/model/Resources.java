package dev.berth.model;

/**
 * What a game may use of its host, and what is reserved there for it.
 *
 * @param milliVcpu thousandths of a processor, 50 to 64,000
 */
public record Resources(int milliVcpu, Size memory) {
    public static final int LEAST_MILLI_VCPU = 50;
    public static final int MOST_MILLI_VCPU = 64_000;

    public Resources {
        if (milliVcpu < LEAST_MILLI_VCPU || milliVcpu > MOST_MILLI_VCPU) {
            throw new IllegalArgumentException("must be 0.05 to 64");
        }
    }
}
