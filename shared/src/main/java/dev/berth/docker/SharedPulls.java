package dev.berth.docker;

import dev.berth.model.Host;
import dev.berth.model.ImageRef;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The pulls that are going on. All who want the same image on the same host at the same time share one, which is nobody's
 * own: it ends by itself, or when the last one who waits for it has gone.
 */
final class SharedPulls {
    private final Map<Wanted, Shared> going = new HashMap<>();

    private record Wanted(Host host, ImageRef ref) {}

    private static final class Shared {
        private final ImagePull pull;
        private int waiting;

        Shared(ImagePull pull) {
            this.pull = pull;
        }
    }

    /**
     * Waits for the pull that is going on, or for a new one.
     *
     * @param begin begins one, without waiting
     */
    void share(Host host, ImageRef ref, Supplier<ImagePull> begin, Consumer<ImagePull> wait) {
        Wanted wanted = new Wanted(host, ref);
        Shared shared = join(wanted, begin);
        try {
            wait.accept(shared.pull);
        } finally {
            if (isLastToLeave(wanted, shared)) {
                shared.pull.end();
            }
        }
    }

    private synchronized Shared join(Wanted wanted, Supplier<ImagePull> begin) {
        Shared shared = going.get(wanted);
        if (shared == null || shared.pull.hasEnded()) {
            shared = new Shared(begin.get());
            going.put(wanted, shared);
        }
        shared.waiting++;
        return shared;
    }

    private synchronized boolean isLastToLeave(Wanted wanted, Shared shared) {
        shared.waiting--;
        boolean last = shared.waiting == 0;
        if (last) {
            going.remove(wanted, shared);
        }
        return last;
    }
}
