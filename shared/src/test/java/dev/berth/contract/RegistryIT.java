package dev.berth.contract;

import static dev.berth.contract.StoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.berth.contract.RegistryFront.Way;
import dev.berth.docker.DockerHosts;
import dev.berth.model.ErrorCode;
import dev.berth.model.ImageRef;
import dev.berth.model.OperationFailed;
import dev.berth.model.PinnedImage;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHost.Creation;
import dev.berth.port.ContainerHost.Image;
import dev.berth.port.ContainerHost.StoredImage;
import dev.berth.port.RegistryLogins;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an engine pulls from a registry over TLS with a password, and what it is refused. */
@ExtendWith(LocalEngine.Provided.class)
final class RegistryIT {
    private static final Duration PLENTY = Duration.ofMinutes(2);
    private static final RegistryLogins NOBODY = _ -> Optional.empty();
    private static final String NO_DIGEST = "@sha256:" + "0".repeat(64);

    private final LocalEngine local;
    private final SecuredRegistry registry;
    private final List<DockerHosts> opened = new ArrayList<>();
    private final ContainerHost host;

    RegistryIT(LocalEngine local) throws Exception {
        this.local = local;
        registry = new SecuredRegistry(local);
        host = host(registry.logins());
    }

    private ContainerHost host(RegistryLogins logins) {
        DockerHosts hosts = new DockerHosts(logins);
        opened.add(hosts);
        return hosts.connect(local.host(), () -> PLENTY);
    }

    @AfterEach
    void close() {
        opened.forEach(DockerHosts::close);
        registry.close();
    }

    private static Image pull(ContainerHost host, ImageRef ref) {
        return host.pull(ref, _ -> {});
    }

    // --- found ---

    @Test
    void anImageIsPulledByItsTagAndThenByItsDigest() {
        ImageRef tagged = registry.push("games/arena:1.0.0");

        Image image = pull(host, tagged);
        assertThat(host.findImage(tagged)).contains(image);
        assertThat(image.digest()).startsWith("sha256:").isNotEqualTo(image.id());
        assertThat(host.removeImage(image.id())).isTrue();
        assertThat(host.findImage(tagged)).isEmpty();

        ImageRef pinned = new ImageRef(tagged.name() + "@" + image.digest());
        assertThat(pull(host, pinned)).isEqualTo(image);
        assertThat(pull(host, new ImageRef(tagged.value() + "@" + image.digest())))
                .isEqualTo(image);
        assertThat(host.findImage(new PinnedImage(tagged, image.digest()))).contains(image);
        assertThat(host.findImage(tagged)).isEmpty();
    }

    @Test
    void withoutATagTheLatestIsPulled() {
        ImageRef latest = registry.push("games/arena:latest");

        Image image = pull(host, new ImageRef(latest.name()));

        assertThat(host.findImage(latest)).contains(image);
    }

    @Test
    void whatIsPinnedIsStillFoundAfterItsTagHasMoved() {
        ImageRef tagged = registry.push("games/arena:1.0.0");
        Image before = pull(host, tagged);
        registry.push("games/arena:1.0.0");

        Image after = pull(host, tagged);

        PinnedImage pinned = new PinnedImage(tagged, before.digest());
        assertThat(after.digest()).isNotEqualTo(before.digest());
        assertThat(host.findImage(tagged)).contains(after);
        assertThat(host.findImage(pinned)).contains(before);

        assertThat(host.removeImage(before.id())).isTrue();
        assertThat(host.findImage(pinned)).isEmpty();
        assertThat(pull(host, new ImageRef(tagged.name() + "@" + before.digest())))
                .isEqualTo(before);
        assertThat(host.findImage(tagged)).contains(after);
    }

    // --- not found, denied, not trusted ---

    @Test
    void whatTheRegistryDoesNotHaveIsNotFound() {
        ImageRef there = registry.push("games/arena:1.0.0");

        assertFails(ErrorCode.IMAGE_NOT_FOUND, () -> pull(host, registry.reference("games/arena:1.0.1")));
        assertFails(ErrorCode.IMAGE_NOT_FOUND, () -> pull(host, registry.reference("games/none:1.0.0")));
        assertFails(ErrorCode.IMAGE_NOT_FOUND, () -> pull(host, new ImageRef(there.name() + NO_DIGEST)));
        assertFails(ErrorCode.IMAGE_NOT_FOUND, () -> pull(host, new ImageRef(there.value() + NO_DIGEST)));
        assertThat(host.findImage(there)).isEmpty();
    }

    @Test
    void whatStandsBeforeARegistryIsUnderstoodByItsStatusAlone() {
        ImageRef there = registry.push("games/arena:1.0.0");

        registry.front.answer(Way.FORBIDDEN);
        assertFails(ErrorCode.IMAGE_DENIED, () -> pull(host, there));
        registry.front.answer(Way.ABSENT);
        assertFails(ErrorCode.IMAGE_NOT_FOUND, () -> pull(host, there));
    }

    @Test
    void whoeverHasNoLoginOrAWrongOneIsDenied() {
        ImageRef there = registry.push("games/arena:1.0.0");

        assertFails(ErrorCode.IMAGE_DENIED, () -> pull(host(NOBODY), there));
        assertFails(ErrorCode.IMAGE_DENIED, () -> pull(host(registry.login("guessed")), there));
        assertFails(ErrorCode.IMAGE_DENIED, () -> pull(host(NOBODY), registry.reference("games/none:1.0.0")));
    }

    @Test
    void aPasswordStandsInNoError() {
        assertThat(catchThrowable(() -> pull(host(registry.login("guessed")), registry.reference("games/arena:1.0.0"))))
                .isInstanceOf(OperationFailed.class)
                .extracting(Throwable::toString)
                .asString()
                .doesNotContain("guessed");
    }

    @Test
    void aRegistryOfAnotherAuthorityIsNotTrusted() {
        ImageRef there = registry.push("games/arena:1.0.0");
        registry.distrust();

        assertFails(ErrorCode.IMAGE_PULL_FAILED, () -> pull(host, there));
    }

    @Test
    void aManifestThatEndsInTheMiddleIsAFailedPull() {
        ImageRef there = registry.push("games/arena:1.0.0");
        registry.front.answer(Way.MANIFESTS_CUT);
        assertFails(ErrorCode.IMAGE_PULL_FAILED, () -> pull(host, there));

        registry.front.answer(Way.WELL);
        assertThat(host.findImage(there)).isEmpty();
        assertThat(pull(host, there).digest()).startsWith("sha256:");
    }

    @Test
    void aLayerThatIsNotOfItsDigestIsAFailedPull() {
        ImageRef there = registry.push("games/arena:1.0.0");
        registry.front.answer(Way.LAYERS_FORGED);

        assertFails(ErrorCode.IMAGE_PULL_FAILED, () -> pull(host, there));

        assertThat(host.findImage(there)).isEmpty();
    }

    @Test
    void aLayerThatEndsInTheMiddleOnceIsPulledAllTheSame() {
        ImageRef there = registry.push("games/arena:1.0.0");
        registry.front.answer(Way.LAYERS_CUT);

        Image image = host.pull(there, _ -> {
            if (!registry.front.layersAsked().isEmpty()) {
                registry.front.answer(Way.WELL);
            }
        });

        assertThat(host.findImage(there)).contains(image);
    }

    // --- stored ---

    @Test
    void anImageIsKnownByWhenItCameAndByAllItsNames() {
        ImageRef tagged = registry.push("games/arena:1.0.0");
        Instant built = Instant.now();

        Image image = pull(host, tagged);
        assertThat(stored(image).since()).isAfter(built);
        assertThat(stored(image).names())
                .containsExactlyInAnyOrder(tagged.value(), tagged.name() + "@" + image.digest());
        assertThat(host.removeImage(image.id())).isTrue();

        pull(host, new ImageRef(tagged.name() + "@" + image.digest()));
        assertThat(stored(image).since()).isAfter(built);
    }

    @Test
    void anImageOfSeveralNamesIsRemovedWholeOrNotAtAll() {
        ImageRef tagged = registry.push("games/arena:1.0.0");
        Image image = pull(host, tagged);
        pull(host, new ImageRef(tagged.name() + "@" + image.digest()));
        String name = Samples.unique("several");
        String container = ((Creation.Created) host.create(Plans.plan(name, image.id(), Plans.wish()))).id();
        List<String> names = stored(image).names();

        assertThat(names).hasSize(3);
        assertThat(host.removeImage(image.id())).isFalse();
        assertThat(stored(image).names()).isEqualTo(names);

        host.remove(container);
        assertThat(host.removeImage(image.id())).isTrue();
        assertThat(host.images()).extracting(StoredImage::id).doesNotContain(image.id());
    }

    private StoredImage stored(Image image) {
        return host.images().stream()
                .filter(stored -> stored.id().equals(image.id()))
                .findFirst()
                .orElseThrow();
    }
}
