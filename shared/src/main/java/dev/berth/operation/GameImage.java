package dev.berth.operation;

import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.ImageRef;
import dev.berth.model.OperationFailed;
import dev.berth.model.PinnedImage;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHost.Image;
import java.util.Optional;

/** Makes sure that a host has the image that a game is to run. */
final class GameImage {
    private GameImage() {}

    /** Why an image must not be run, if it must not. */
    static Optional<Failure> refusal(ImageRef ref, Attempt attempt) {
        return attempt.world().images().allows(ref)
                ? Optional.empty()
                : Optional.of(
                        new Failure(ErrorCode.IMAGE_NOT_ALLOWED, "the allow-list does not have " + ref.repository()));
    }

    /** What the reference means now, pulled as the policy says. */
    static Image ensure(ImageRef ref, ContainerHost host, Attempt attempt) {
        return switch (attempt.world().images().pull()) {
            // A digest means the same for ever.
            case ALWAYS -> ref.digest().isPresent() ? presentOrPulled(ref, host, attempt) : pulled(ref, host, attempt);
            case IF_NOT_PRESENT -> presentOrPulled(ref, host, attempt);
            case NEVER -> host.findImage(ref).orElseThrow(() -> absent(ref));
        };
    }

    /** The very image that a game had, whatever its reference means now. */
    static Image ensure(PinnedImage image, ContainerHost host, Attempt attempt) {
        return host.findImage(image).orElseGet(() -> {
            ImageRef exact = new ImageRef(image.ref().name() + "@" + image.digest());
            return switch (attempt.world().images().pull()) {
                case ALWAYS, IF_NOT_PRESENT -> pulled(exact, host, attempt);
                case NEVER -> throw absent(exact);
            };
        });
    }

    private static OperationFailed absent(ImageRef ref) {
        return new OperationFailed(
                ErrorCode.IMAGE_NOT_FOUND, "the host does not have " + ref + ", and nothing is pulled");
    }

    private static Image presentOrPulled(ImageRef ref, ContainerHost host, Attempt attempt) {
        return host.findImage(ref).orElseGet(() -> pulled(ref, host, attempt));
    }

    private static Image pulled(ImageRef ref, ContainerHost host, Attempt attempt) {
        return host.pull(ref, attempt::tellProgress);
    }
}
