package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Limits;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a queue of jobs does with its messages, as far as the handlers rely on it. */
public abstract class QueueContract {
    private final Line queue;

    protected QueueContract(Line queue) {
        this.queue = queue;
    }

    /** A queue that nobody else uses, with a dead-letter queue after the last permitted delivery. */
    public interface Line {
        void send(String body);

        /** The next message, if one becomes visible within a few seconds. */
        Optional<Delivery> receive();

        void giveBack(Delivery delivery, Duration delay);

        void delete(Delivery delivery);

        /** Whether the message lies where dead ones go. */
        boolean isDead(String body);
    }

    /**
     * A message in somebody's hands.
     *
     * @param count which of its deliveries this is
     * @param handle by which the queue knows this delivery
     */
    public record Delivery(String body, int count, String handle) {}

    @Test
    void deliversAMessageUntilItIsDeletedAndCountsItsDeliveries() {
        queue.send("a");
        for (int count = 1; count < 4; count++) {
            Delivery delivery = received();
            assertThat(delivery.body()).isEqualTo("a");
            assertThat(delivery.count()).isEqualTo(count);
            queue.giveBack(delivery, Duration.ZERO);
        }
        queue.delete(received());
        assertThat(queue.receive()).isEmpty();
        assertThat(queue.isDead("a")).isFalse();
    }

    @Test
    void hidesAMessageThatSomebodyHas() {
        queue.send("a");
        received();
        assertThat(queue.receive()).isEmpty();
    }

    @Test
    void deliversAMessageThatWasGivenBackForLongerAfterOneThatWasGivenBackAtOnce() {
        queue.send("a");
        Delivery late = received();
        queue.send("b");
        Delivery early = received();
        queue.giveBack(late, Duration.ofSeconds(2));
        queue.giveBack(early, Duration.ZERO);
        assertThat(received().body()).isEqualTo("b");
        assertThat(received().body()).isEqualTo("a");
    }

    @Test
    void keepsTheOtherMessagesWhenOneIsDeleted() {
        queue.send("a");
        Delivery done = received();
        queue.send("b");
        queue.delete(done);
        assertThat(received().body()).isEqualTo("b");
        assertThat(queue.receive()).isEmpty();
    }

    @Test
    void putsAMessageWhereDeadOnesGoAfterItsLastPermittedDelivery() {
        queue.send("a");
        for (int count = 1; count <= Limits.MAX_DELIVERIES; count++) {
            Delivery delivery = received();
            assertThat(delivery.count()).isEqualTo(count);
            assertThat(queue.isDead("a")).isFalse();
            queue.giveBack(delivery, Duration.ZERO);
        }
        assertThat(queue.receive()).isEmpty();
        assertThat(queue.isDead("a")).isTrue();
    }

    private Delivery received() {
        return queue.receive().orElseThrow(() -> new AssertionError("no message came"));
    }
}
