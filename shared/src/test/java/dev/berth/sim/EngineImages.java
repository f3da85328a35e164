package dev.berth.sim;

import dev.berth.model.HostId;
import dev.berth.model.ImageRef;
import dev.berth.model.PinnedImage;
import dev.berth.port.ContainerHost.Image;
import dev.berth.port.ContainerHost.StoredImage;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The requests to an engine of the model that are about images. */
final class EngineImages {
    static final int MOST_REPORTS = 5;

    private final HostId host;
    private final Images images;
    private final Boxes boxes;
    private final Faults nature;
    private final BiConsumer<Reply<?>, Runnable> line;

    /** @param line how a request comes in */
    EngineImages(HostId host, Images images, Boxes boxes, Faults nature, BiConsumer<Reply<?>, Runnable> line) {
        this.host = host;
        this.images = images;
        this.boxes = boxes;
        this.nature = nature;
        this.line = line;
    }

    void find(ImageRef ref, Reply<Optional<Image>> reply) {
        line.accept(reply, () -> reply.answer(images.present(host, ref)));
    }

    void find(PinnedImage image, Reply<Optional<Image>> reply) {
        line.accept(reply, () -> reply.answer(images.present(host, image)));
    }

    void all(Reply<List<StoredImage>> reply) {
        line.accept(reply, () -> reply.answer(images.all(host)));
    }

    void remove(String image, Reply<Boolean> reply) {
        line.accept(reply, () -> {
            boolean used = boxes.all().stream().anyMatch(box -> box.plan.image().equals(image));
            if (!used) {
                images.gone(host, image);
            }
            reply.answer(!used);
        });
    }

    /** Answers how many reports the pull makes; {@link #pulled} ends it. */
    void pull(ImageRef ref, Reply<Integer> reply) {
        line.accept(
                reply,
                () -> images.refusal(ref)
                        .ifPresentOrElse(
                                code -> reply.fail(code, "simulated"),
                                () -> reply.answer(nature.way(1 + MOST_REPORTS))));
    }

    void pulled(ImageRef ref, Reply<Boolean> reply) {
        line.accept(reply, () -> {
            images.arrived(host, ref);
            reply.answer(true);
        });
    }
}
