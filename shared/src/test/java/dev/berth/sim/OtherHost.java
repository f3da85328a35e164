package dev.berth.sim;

import dev.berth.model.ImageRef;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerPlan;
import java.time.Duration;
import java.util.Optional;

/** An engine as it is; a planted bug overrides what it gets wrong. */
class OtherHost implements ContainerHost {
    final ContainerHost right;

    OtherHost(ContainerHost right) {
        this.right = right;
    }

    @Override
    public Optional<Image> findImage(ImageRef ref) {
        return right.findImage(ref);
    }

    @Override
    public Image pull(ImageRef ref, Runnable progress) {
        return right.pull(ref, progress);
    }

    @Override
    public Creation create(ContainerPlan plan) {
        return right.create(plan);
    }

    @Override
    public Optional<Container> inspect(String idOrName) {
        return right.inspect(idOrName);
    }

    @Override
    public void start(String id) {
        right.start(id);
    }

    @Override
    public void stop(String id, Duration grace) {
        right.stop(id, grace);
    }

    @Override
    public void kill(String id) {
        right.kill(id);
    }

    @Override
    public void remove(String id) {
        right.remove(id);
    }

    @Override
    public String logs(String id, int lines) {
        return right.logs(id, lines);
    }
}
