package dev.berth.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Berth, from the sending of a message to the receipt of its result. */
record BerthEntrant(Jobs jobs, Lab lab) implements Entrant {
    @Override
    public String name() {
        return "Berth, from queue to result";
    }

    @Override
    public Map<String, Duration> life(String game) {
        Map<String, Duration> life = new LinkedHashMap<>();
        life.put("start", Stopwatch.of(() -> jobs.done("StartJobs", Jobs.start(game, lab.image()))));
        life.put("restart", Stopwatch.of(() -> jobs.done("RestartJobs", Jobs.of(game, "restart"))));
        var patch = Jobs.of(game, "patch").put("image_ref", lab.image("1.0.1"));
        life.put("patch", Stopwatch.of(() -> jobs.done("PatchJobs", patch)));
        life.put("stop", Stopwatch.of(() -> jobs.done("StopJobs", Jobs.of(game, "stop"))));
        life.put("cleanup", Stopwatch.of(() -> jobs.done("CleanupJobs", Jobs.of(game, "cleanup"))));
        return life;
    }

    @Override
    public void close() {
        jobs.close();
    }
}
