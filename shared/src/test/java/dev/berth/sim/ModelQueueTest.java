package dev.berth.sim;

import dev.berth.contract.QueueContract;
import dev.berth.model.GameId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;

/** The contract on the model of the queues. */
final class ModelQueueTest extends QueueContract {
    ModelQueueTest() {
        super(new ModelLine());
    }

    private static final class ModelLine implements QueueContract.Line {
        private static final GameId GAME = new GameId("game");
        private static final long A_FEW_SECONDS = 4000;

        private final Scheduler scheduler = new Scheduler();
        private final Queue<Delivery> arrived = new ArrayDeque<>();
        private final QueueModel queue = new QueueModel(
                scheduler,
                new Trace(false),
                Faults.NONE,
                (message, count) -> arrived.add(new Delivery(message.id, count, message.id + "/" + count)));

        @Override
        public void send(String body) {
            queue.send(new Message(body, Jobs.stop(GAME, body, Instant.EPOCH)));
        }

        @Override
        public Optional<Delivery> receive() {
            AtomicBoolean over = new AtomicBoolean();
            scheduler.after(A_FEW_SECONDS, () -> over.set(true));
            scheduler.runUntil(() -> over.get() || !arrived.isEmpty());
            return Optional.ofNullable(arrived.poll());
        }

        @Override
        public void giveBack(Delivery delivery, Duration delay) {
            queue.visibleIn(message(delivery.body()), delay.toMillis());
        }

        @Override
        public void delete(Delivery delivery) {
            queue.delete(message(delivery.body()));
        }

        @Override
        public boolean isDead(String body) {
            return message(body).dead;
        }

        private Message message(String body) {
            return queue.messages().stream()
                    .filter(message -> message.id.equals(body))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
