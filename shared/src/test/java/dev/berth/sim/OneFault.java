package dev.berth.sim;

/** Nothing goes wrong but one thing, at one call of one attempt. */
final class OneFault implements Faults {
    private final int attempt;
    private final int index;
    private final Fault fault;
    private final Runnable whenItFires;
    private boolean fired;

    OneFault(int attempt, int index, Fault fault, Runnable whenItFires) {
        this.attempt = attempt;
        this.index = index;
        this.fault = fault;
        this.whenItFires = whenItFires;
    }

    @Override
    public Fault at(Call call) {
        if (call.attempt() != attempt || call.index() != index) {
            return Fault.NONE;
        }
        fired = true;
        whenItFires.run();
        return fault;
    }

    boolean fired() {
        return fired;
    }
}
