package dev.berth.bench;

import dev.berth.model.HostId;
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
import java.util.function.Supplier;

/**
 * An engine that tells what it has, and does nothing.
 *
 * @param containers what it has
 * @param called is told of each call
 */
record FleetEngine(HostId id, Supplier<List<Container>> containers, Runnable called) implements ContainerHost {
    private static final Instant NEVER = Instant.parse("2100-01-01T00:00:00Z");

    @Override
    public List<Container> list(Map<String, String> labels) {
        called.run();
        return containers.get().stream()
                .filter(container -> container.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    @Override
    public Optional<Container> inspect(String idOrName) {
        called.run();
        return containers.get().stream()
                .filter(container ->
                        container.id().equals(idOrName) || container.name().equals(idOrName))
                .findFirst();
    }

    @Override
    public About about() {
        called.run();
        return new About(id.value(), "20.10.24", "1.41", true, "overlay2", Instant.now(), 8, 1L << 34, NEVER);
    }

    @Override
    public Instant certificatesEnd() {
        return NEVER;
    }

    private static UnsupportedOperationException refused() {
        return new UnsupportedOperationException("nothing is to be done on an engine in memory");
    }

    @Override
    public Optional<Image> findImage(ImageRef ref) {
        throw refused();
    }

    @Override
    public Optional<Image> findImage(PinnedImage image) {
        throw refused();
    }

    @Override
    public Image pull(ImageRef ref, Consumer<String> progress) {
        throw refused();
    }

    @Override
    public List<StoredImage> images() {
        throw refused();
    }

    @Override
    public boolean removeImage(String image) {
        throw refused();
    }

    @Override
    public Creation create(ContainerPlan plan) {
        throw refused();
    }

    @Override
    public void copyFiles(String container, List<ContainerFile> files) {
        throw refused();
    }

    @Override
    public boolean rename(String container, String name) {
        throw refused();
    }

    @Override
    public void start(String idOrName) {
        throw refused();
    }

    @Override
    public void stop(String idOrName, Duration grace) {
        throw refused();
    }

    @Override
    public void kill(String container) {
        throw refused();
    }

    @Override
    public void remove(String container) {
        throw refused();
    }

    @Override
    public void removeVolumes(String prefix) {
        throw refused();
    }

    @Override
    public Optional<Usage> usage(String container) {
        throw refused();
    }

    @Override
    public String logs(String container, int lines) {
        throw refused();
    }
}
