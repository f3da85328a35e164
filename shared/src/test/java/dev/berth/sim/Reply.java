package dev.berth.sim;

import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.util.function.BiConsumer;

/** Where a model puts its answer, sooner or later or never; only the first answer counts. */
final class Reply<T> {
    private final BiConsumer<T, RuntimeException> taker;
    private boolean given;

    /** @param taker gets a value or a failure; the other one is null */
    Reply(BiConsumer<T, RuntimeException> taker) {
        this.taker = taker;
    }

    /** Nobody waits for it. */
    static <T> Reply<T> unheard() {
        return new Reply<>((value, failure) -> {});
    }

    void answer(T value) {
        give(value, null);
    }

    void fail(ErrorCode code, String text) {
        fail(new OperationFailed(code, text));
    }

    void fail(RuntimeException failure) {
        give(null, failure);
    }

    private void give(T value, RuntimeException failure) {
        if (!given) {
            given = true;
            taker.accept(value, failure);
        }
    }
}
