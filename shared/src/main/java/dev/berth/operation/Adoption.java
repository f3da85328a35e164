package dev.berth.operation;

import dev.berth.model.HostId;
import dev.berth.model.ImageRef;
import dev.berth.model.PinnedImage;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A container of ours is the game's although nothing is recorded of it, as after a table was restored: it is recorded as
 * it is found, under a fence above its own.
 */
final class Adoption {
    private Adoption() {}

    /** Whatever else has its labels goes with the next round. */
    static Settlement of(HostId host, List<OurContainer> there, ContainerHost engine, Attempt attempt) {
        return there.stream()
                .filter(OurContainer::isNamedAsOurs)
                .findFirst()
                .flatMap(named -> engine.inspect(named.id())
                        .map(found -> SettleGame.observed(record(host, named, found, engine, attempt), attempt)))
                .orElseGet(Settlement.Nothing::new);
    }

    private static RuntimeRecord record(
            HostId host, OurContainer named, Container found, ContainerHost engine, Attempt attempt) {
        attempt.held().raise(named.fence());
        Optional<RuntimeRecord> before = attempt.game().record();
        Placement place = before.flatMap(RuntimeRecord::placement)
                .orElseGet(() -> new Placement(host, found.resources().orElse(RuntimeSpec.DEFAULT_RESOURCES)));
        RuntimeRecord adopted = RuntimeRecord.adopted(
                place,
                SettleGame.recorded(found, named.fence(), attempt),
                image(named, found, engine).or(() -> before.flatMap(RuntimeRecord::image)),
                named.specHash());
        RuntimeRecord running = before.map(adopted::keeping).orElse(adopted);
        return found.state().live()
                ? running
                : running.ended(SettleGame.exit(found, attempt)).toBeStopped();
    }

    private static Optional<PinnedImage> image(OurContainer named, Container found, ContainerHost engine) {
        return engine.images().stream()
                .filter(image -> image.id().equals(found.image()))
                .flatMap(image -> image.names().stream())
                .map(ImageRef::new)
                // A tag says more than a digest, which the label tells anyway.
                .min(Comparator.comparing(ref -> ref.digest().isPresent()))
                .map(ref -> new PinnedImage(ref, named.imageDigest()));
    }
}
