package dev.berth.model;

/**
 * What a game may use of its host, and what is reserved there for it.
 *
 * @param milliVcpu thousandths of a processor, 50 to 64,000
 */
public record Resources(int milliVcpu, Size memory) {
    public Resources {
        if (milliVcpu < 50 || milliVcpu > 64_000) {
            throw new IllegalArgumentException("must be 0.05 to 64");
        }
    }
}
