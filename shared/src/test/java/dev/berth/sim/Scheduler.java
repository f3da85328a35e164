package dev.berth.sim;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Virtual time and whose turn it is. Exactly one thread runs at a time: whoever holds the baton runs what is due next,
 * and hands the baton on when that is another one's turn. Nothing ever waits for real time.
 */
final class Scheduler {
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Set<Strand> live = new LinkedHashSet<>();
    private final Strand main = new Strand("scheduler", null);
    private long now;
    private long order;
    private boolean stopped;
    private Strand woken;
    private Throwable failure;

    private record Event(long at, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    /** Milliseconds since the schedule began. */
    long now() {
        return now;
    }

    void after(long millis, Runnable what) {
        events.add(new Event(now + Math.max(0, millis), order++, what));
    }

    /** A new thread; it begins when its turn comes. */
    Strand start(String name, Runnable body) {
        Strand strand = new Strand(name, body);
        live.add(strand);
        after(0, strand::wake);
        return strand;
    }

    /** Runs until nothing is left to do, or a promise is broken. */
    void run() {
        // Where all are virtual threads, the baton changes hands without a system call, and on one processor.
        main.thread = Thread.ofVirtual().unstarted(this::lead);
        main.thread.start();
        try {
            main.thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a schedule runs", interrupted);
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    private void lead() {
        try {
            turn(main, true);
            stopped = true;
            for (Strand strand : List.copyOf(live)) {
                strand.killed = true;
                strand.give();
                main.take();
            }
        } catch (RuntimeException | Error broken) {
            fail(broken);
        }
    }

    /** Runs what is due until an answer is there, without any thread: for models that are tested on their own. */
    void runUntil(java.util.function.BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            Event event = events.poll();
            if (event == null) {
                throw new IllegalStateException("nothing is left to do, and no answer came");
            }
            now = event.at();
            event.what().run();
        }
    }

    private void turn(Strand me, boolean goesOn) {
        Strand next = null;
        while (next == null) {
            Event event = stopped ? null : events.poll();
            if (event == null) {
                next = main;
            } else {
                now = event.at();
                try {
                    event.what().run();
                } catch (RuntimeException | AssertionError broken) {
                    fail(broken);
                }
                next = woken;
                woken = null;
            }
        }
        if (next != me) {
            next.give();
            if (goesOn) {
                me.take();
            }
        }
    }

    private void fail(Throwable broken) {
        if (failure == null) {
            failure = broken;
        }
        stopped = true;
    }

    /** A thread of the simulation. It runs only while it holds the baton. */
    final class Strand {
        private final String name;
        private Thread thread;
        private boolean killed;
        private boolean ended;
        private volatile boolean mine;

        private Strand(String name, Runnable body) {
            this.name = name;
            if (body != null) {
                thread = Thread.ofVirtual().unstarted(() -> run(body));
            }
        }

        private void run(Runnable body) {
            take();
            try {
                if (!killed) {
                    body.run();
                }
            } catch (Killed end) {
                // As intended.
            } catch (RuntimeException | Error broken) {
                fail(broken);
            }
            ended = true;
            live.remove(this);
            turn(this, false);
        }

        /** Called by the strand itself: others run until it is woken. Throws {@link Killed} if it never goes on. */
        void sleep() {
            if (!killed) {
                turn(this, true);
            }
            if (killed) {
                throw new Killed();
            }
        }

        /** Called by an event: this strand goes on next. */
        void wake() {
            if (!ended) {
                if (woken != null) {
                    throw new IllegalStateException("two threads at once: " + woken.name + " and " + name);
                }
                woken = this;
            }
        }

        /** It never does anything again. */
        void kill() {
            if (!ended && !killed) {
                killed = true;
                after(0, this::wake);
            }
        }

        boolean isOver() {
            return ended || killed;
        }

        private void give() {
            mine = true;
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            } else {
                LockSupport.unpark(thread);
            }
        }

        private void take() {
            while (!mine) {
                LockSupport.park(this);
            }
            mine = false;
        }
    }
}
