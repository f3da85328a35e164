package dev.berth.operation;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Does several things at once, but not too many, and waits for all of them. Each has limits of its own. */
public interface SideBySide {
    /** None of the tasks may throw. */
    void run(List<Runnable> tasks, int atOnce);

    /** On virtual threads. */
    static SideBySide threads() {
        return (tasks, atOnce) -> {
            Semaphore places = new Semaphore(atOnce);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                tasks.forEach(task -> threads.execute(() -> {
                    places.acquireUninterruptibly();
                    try {
                        task.run();
                    } finally {
                        places.release();
                    }
                }));
            }
        };
    }
}
