package dev.berth.sim;

import dev.berth.model.Job;

/** A message in a queue of the model. */
final class Message {
    final String id;
    final Job job;
    int deliveries;
    boolean deleted;
    boolean dead;
    long visibleAt;

    Message(String id, Job job) {
        this.id = id;
        this.job = job;
    }

    boolean isOver() {
        return deleted || dead;
    }

    @Override
    public String toString() {
        return id + " (" + job.kind().wire() + " " + job.game() + ", job "
                + job.request().job() + ")";
    }
}
