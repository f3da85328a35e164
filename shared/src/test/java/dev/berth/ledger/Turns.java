package dev.berth.ledger;

import java.util.concurrent.Semaphore;

/** One makes so many requests, then the other so many, then the one goes on to its end, then the other. */
final class Turns {
    private final Semaphore[] free = {new Semaphore(1), new Semaphore(0)};
    private final Turn[] turns;

    Turns(int first, int second) {
        turns = new Turn[] {new Turn(0, first), new Turn(1, second)};
    }

    Turn one() {
        return turns[0];
    }

    Turn other() {
        return turns[1];
    }

    final class Turn implements Shelves.Watch {
        private final int self;
        private int left;

        private Turn(int self, int left) {
            this.self = self;
            this.left = left;
        }

        void begin() {
            free[self].acquireUninterruptibly();
        }

        @Override
        public void before() {
            if (left-- == 0) {
                free[1 - self].release();
                begin();
            }
        }

        /** The other may go on, and has nobody to wait for any more. */
        void end() {
            free[1 - self].release(2);
        }
    }
}
