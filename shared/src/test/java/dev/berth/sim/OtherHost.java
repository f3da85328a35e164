package dev.berth.sim;

import dev.berth.model.ImageRef;
import dev.berth.model.PinnedImage;
import dev.berth.port.Container;
import dev.berth.port.ContainerFile;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
    public Optional<Image> findImage(PinnedImage image) {
        return right.findImage(image);
    }

    @Override
    public Image pull(ImageRef ref, Consumer<String> progress) {
        return right.pull(ref, progress);
    }

    @Override
    public List<StoredImage> images() {
        return right.images();
    }

    @Override
    public boolean removeImage(String id) {
        return right.removeImage(id);
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
    public void copyFiles(String id, List<ContainerFile> files) {
        right.copyFiles(id, files);
    }

    @Override
    public List<Container> list(Map<String, String> labels) {
        return right.list(labels);
    }

    @Override
    public boolean rename(String id, String name) {
        return right.rename(id, name);
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
    public void removeVolumes(String prefix) {
        right.removeVolumes(prefix);
    }

    @Override
    public Optional<Usage> usage(String id) {
        return right.usage(id);
    }

    @Override
    public About about() {
        return right.about();
    }

    @Override
    public Instant certificatesEnd() {
        return right.certificatesEnd();
    }

    @Override
    public String logs(String id, int lines) {
        return right.logs(id, lines);
    }
}
