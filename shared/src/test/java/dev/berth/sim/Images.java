package dev.berth.sim;

import dev.berth.model.ErrorCode;
import dev.berth.model.HostId;
import dev.berth.model.ImageRef;
import dev.berth.model.PinnedImage;
import dev.berth.model.Sha256;
import dev.berth.port.ContainerHost.Image;
import dev.berth.port.ContainerHost.StoredImage;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The images of the model; what one does stands in its tag. */
final class Images {
    static final ImageRef GOOD = new ImageRef("demo:1.0.0");
    static final ImageRef OTHER = new ImageRef("demo:1.0.1");
    static final ImageRef DIES = new ImageRef("demo:1.0.2-dies");
    static final ImageRef REFUSES = new ImageRef("demo:1.0.3-refuses");
    static final ImageRef SICK = new ImageRef("demo:1.0.4-sick");
    static final ImageRef ABSENT = new ImageRef("demo:1.0.5-absent");
    static final ImageRef DENIED = new ImageRef("demo:1.0.6-denied");

    /** Another minor version: no patch leads there. */
    static final ImageRef NEXT = new ImageRef("demo:1.1.0");

    private final Map<ImageRef, Image> known = new HashMap<>();
    private final Set<String> present = new HashSet<>();

    /** What a container of an image does. */
    record Nature(boolean refusesToStart, OptionalLong exitsAfter, boolean healthy, boolean deaf) {}

    Optional<Image> present(HostId host, ImageRef ref) {
        return present.contains(host + " " + ref) ? Optional.of(image(ref)) : Optional.empty();
    }

    Optional<Image> present(HostId host, PinnedImage pinned) {
        return all(host).stream()
                .map(stored -> image(new ImageRef(stored.names().getFirst())))
                .filter(image -> image.digest().equals(pinned.digest()))
                .findFirst();
    }

    /** All that a host has, each under one name. */
    List<StoredImage> all(HostId host) {
        return present.stream()
                .filter(known -> known.startsWith(host + " "))
                .sorted()
                .map(known -> known.substring(known.indexOf(' ') + 1))
                .map(name -> stored(new ImageRef(name)))
                .toList();
    }

    /** Pulled so long ago that it may be collected. */
    private StoredImage stored(ImageRef ref) {
        Image image = image(ref);
        List<String> names = List.of(ref.value(), ref.name() + "@" + image.digest());
        return new StoredImage(image.id(), names, SimClock.BEGIN.minus(Duration.ofDays(2)));
    }

    void gone(HostId host, String id) {
        all(host).stream()
                .filter(stored -> stored.id().equals(id))
                .forEach(stored -> present.remove(host + " " + stored.names().getFirst()));
    }

    void arrived(HostId host, ImageRef ref) {
        present.add(host + " " + ref);
    }

    /** Whether the engine has an image of that id. */
    boolean isThere(HostId host, String id) {
        return present.stream()
                .filter(known -> known.startsWith(host + " "))
                .map(known -> new ImageRef(known.substring(known.indexOf(' ') + 1)))
                .anyMatch(ref -> image(ref).id().equals(id));
    }

    /** Why the registry does not give it. */
    Optional<ErrorCode> refusal(ImageRef ref) {
        if (ref.equals(ABSENT)) {
            return Optional.of(ErrorCode.IMAGE_NOT_FOUND);
        }
        return ref.equals(DENIED) ? Optional.of(ErrorCode.IMAGE_DENIED) : Optional.empty();
    }

    private Image image(ImageRef ref) {
        return known.computeIfAbsent(ref, Images::made);
    }

    private static Image made(ImageRef ref) {
        return new Image("sha256:" + Sha256.hex(ref.value()), "sha256:" + Sha256.hex("digest of " + ref.value()));
    }

    Nature of(Box box) {
        String image = box.plan.image();
        return new Nature(
                image.equals(image(REFUSES).id()),
                image.equals(image(DIES).id()) ? OptionalLong.of(1) : OptionalLong.empty(),
                !image.equals(image(SICK).id()),
                String.join(" ", box.plan.spec().command()).contains("trap '' TERM"));
    }
}
