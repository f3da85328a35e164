package dev.berth.contract;

import static dev.berth.contract.StoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.berth.contract.EngineFixture.Behaviour;
import dev.berth.model.Blob;
import dev.berth.model.ErrorCode;
import dev.berth.model.PinnedImage;
import dev.berth.model.Sha256;
import dev.berth.port.Container;
import dev.berth.port.Container.State;
import dev.berth.port.ContainerFile;
import dev.berth.port.ContainerHost.Image;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be relied on of an engine that sets containers aside, lists them, writes files into them and is tidied up. */
public abstract class ContainerCareContract extends EngineContract {
    private static final List<ContainerFile> FILES =
            List.of(new ContainerFile("/settings", 0600, new Blob(new byte[] {1, 2, 3})));

    protected ContainerCareContract(EngineFixture fixture) {
        super(fixture);
    }

    // --- names ---

    @Test
    void aRenamedContainerIsSeenUnderItsNewNameAndItsOldNameIsFree() {
        String old = running(Behaviour.SERVES);

        assertThat(host.rename(old, name + ".prev-1")).isTrue();

        assertThat(seen(name + ".prev-1").id()).isEqualTo(old);
        assertThat(seen(old).name()).isEqualTo(name + ".prev-1");
        assertThat(seen(old).state()).isEqualTo(State.RUNNING);
        assertThat(host.inspect(name)).isEmpty();
        assertThat(created(Behaviour.SERVES)).isNotEqualTo(old);
    }

    @Test
    void aNameThatAContainerHadIsStoppedAndStartedByNobodyAnyMore() {
        String id = running(Behaviour.SERVES);
        assertThat(host.rename(id, name + ".prev-1")).isTrue();
        assertThat(host.rename(id, name + ".prev-2")).isTrue();

        host.stop(name + ".prev-1", Duration.ZERO);
        assertThat(seen(id).state()).isEqualTo(State.RUNNING);
        host.stop(name + ".prev-2", Duration.ofSeconds(5));
        assertThat(seen(id).state()).isEqualTo(State.EXITED);

        assertFails(ErrorCode.DOCKER_ERROR, () -> host.start(name + ".prev-1"));
        assertThat(seen(id).state()).isEqualTo(State.EXITED);
        host.start(name + ".prev-2");
        assertThat(seen(id).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aContainerThatHasTheNameAlreadyKeepsIt() {
        String id = created(Behaviour.SERVES);

        assertThat(host.rename(id, name)).isTrue();

        assertThat(seen(name).id()).isEqualTo(id);
    }

    @Test
    void aNameThatAnotherContainerHasIsNotGivenAway() {
        String old = created(Behaviour.SERVES);
        assertThat(host.rename(old, name + ".prev-1")).isTrue();
        String id = created(Behaviour.SERVES);

        assertThat(host.rename(old, name)).isFalse();

        assertThat(seen(name).id()).isEqualTo(id);
        assertThat(seen(name + ".prev-1").id()).isEqualTo(old);
    }

    @Test
    void aContainerThatIsGoneGetsNoName() {
        assertThat(host.rename(Sha256.hex(name), name)).isFalse();
        assertThat(host.inspect(name)).isEmpty();
    }

    // --- lists ---

    @Test
    void aContainerIsListedByItsLabelsWhateverItIsDoing() {
        String id = created(Behaviour.SERVES);
        Map<String, String> labels = fixture.plan(name, Behaviour.SERVES).labels();
        assertListed(labels, id, State.CREATED);

        host.start(id);
        assertListed(labels, id, State.RUNNING);

        host.stop(id, SHORT_GRACE);
        assertListed(labels, id, State.EXITED);

        host.remove(id);
        assertThat(host.list(labels)).isEmpty();
    }

    private void assertListed(Map<String, String> labels, String id, State state) {
        Container seen = seen(id);
        assertThat(host.list(labels)).singleElement().satisfies(listed -> {
            assertThat(listed.id()).isEqualTo(id);
            assertThat(listed.name()).isEqualTo(seen.name());
            assertThat(listed.labels()).isEqualTo(seen.labels());
            assertThat(listed.state()).isEqualTo(state);
            assertThat(listed.endpoints()).isEqualTo(seen.endpoints());
        });
    }

    @Test
    void aContainerIsListedOnlyWhereAllLabelsAreItsOwn() {
        created(Behaviour.SERVES);
        Map<String, String> labels =
                new HashMap<>(fixture.plan(name, Behaviour.SERVES).labels());
        labels.put("berth.text", "other");

        assertThat(host.list(labels)).isEmpty();
        assertThat(host.list(Map.of("berth.game", name, "berth.none", ""))).isEmpty();
        assertThat(host.list(Map.of("berth.game", name))).hasSize(1);
    }

    // --- files ---

    @Test
    void filesAreWrittenIntoAContainerThatNeverRanOnceOrTwice() {
        String id = created(Behaviour.SERVES);

        host.copyFiles(id, FILES);
        host.copyFiles(id, FILES);
        host.start(id);

        assertThat(seen(id).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void noFilesAreWrittenIntoAContainerThatRan() {
        String id = running(Behaviour.SERVES);
        assertFails(ErrorCode.INTERNAL, () -> host.copyFiles(id, FILES));

        host.stop(id, SHORT_GRACE);
        assertFails(ErrorCode.INTERNAL, () -> host.copyFiles(id, FILES));
    }

    @Test
    void noFilesAreWrittenIntoAContainerThatIsGone() {
        assertFails(ErrorCode.DOCKER_ERROR, () -> host.copyFiles(Sha256.hex(name), FILES));
    }

    // --- images and volumes ---

    @Test
    void anImageIsFoundByWhatPinsIt() {
        Image image = host.findImage(fixture.image()).orElseThrow();

        assertThat(host.findImage(new PinnedImage(fixture.image(), image.digest())))
                .contains(image);
        assertThat(host.findImage(new PinnedImage(fixture.image(), "sha256:" + Sha256.hex(name))))
                .isEmpty();
    }

    @Test
    void anImageIsAmongThoseOfTheEngine() {
        Image image = host.findImage(fixture.image()).orElseThrow();

        assertThat(host.images()).anySatisfy(stored -> {
            assertThat(stored.id()).isEqualTo(image.id());
            assertThat(stored.names()).contains(fixture.image().value());
        });
    }

    @Test
    void theImageOfAContainerThatDoesNotRunIsNotRemoved() {
        created(Behaviour.SERVES);
        Image image = host.findImage(fixture.image()).orElseThrow();

        assertThat(host.removeImage(image.id())).isFalse();

        assertThat(host.findImage(fixture.image())).contains(image);
    }

    @Test
    void removingWhatIsNotThereIsDoneAlready() {
        assertThat(host.removeImage("sha256:" + Sha256.hex(name))).isTrue();
        assertThatCode(() -> host.removeVolumes(name)).doesNotThrowAnyException();
    }
}
