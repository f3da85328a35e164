package dev.berth.contract;

import static dev.berth.contract.StoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.docker.DockerHosts;
import dev.berth.model.Blob;
import dev.berth.model.ErrorCode;
import dev.berth.model.VolumeSpec;
import dev.berth.port.Container;
import dev.berth.port.ContainerFile;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHost.Creation;
import dev.berth.port.ContainerPlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in a real container, told by the container itself. */
@ExtendWith(LocalEngine.Provided.class)
final class FilesIT {
    private static final Duration PLENTY = Duration.ofMinutes(2);
    private static final String LONG = "/tmp/" + "long/".repeat(40) + "file";

    private final DockerHosts hosts = new DockerHosts();
    private final ContainerHost host;
    private final Plans plans;
    private final String name = Samples.unique("files");

    FilesIT(LocalEngine local) {
        host = hosts.connect(local.host(), () -> PLENTY);
        plans = new Plans(local);
    }

    @AfterEach
    void close() {
        host.inspect(name).map(Container::id).ifPresent(host::remove);
        host.removeVolumes(name + "_");
        hosts.close();
    }

    private static ContainerFile file(String path, int mode, String content) {
        return new ContainerFile(path, mode, new Blob(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static ContainerFile file(String path) {
        return file(path, 0600, "x");
    }

    /** Lets a container with these files tell what it has: mode, owner, kind and name of each path. */
    private List<String> told(Plans.Wish wish, List<ContainerFile> files, String... paths) {
        ContainerPlan plan = plans.plan(
                name, wish.running("busybox", "stat", "-c", "%a %u:%g %F %n").and(paths));
        String id = ((Creation.Created) host.create(plan)).id();
        host.copyFiles(id, files);
        host.start(id);
        await().until(() -> !host.inspect(id).orElseThrow().state().live());
        return host.logs(id, 50).lines().toList();
    }

    @Test
    void filesStandWhereTheyShouldWithTheirModeAndFoldersStayAsTheyAre() {
        List<String> told = told(
                Plans.wish(),
                List.of(
                        file("/etc/own", 0644, "mine"),
                        file("/etc/passwd", 0600, "root:x:0:0::/:/bin/sh\n"),
                        file("/new/deep/file", 04755, "x"),
                        file("/tmp/Zo\u00eb", 0400, ""),
                        file(LONG)),
                "/etc",
                "/etc/own",
                "/etc/passwd",
                "/new/deep",
                "/new/deep/file",
                "/tmp/Zo\u00eb",
                LONG);

        assertThat(told)
                .containsExactly(
                        "755 0:0 directory /etc",
                        "644 0:0 regular file /etc/own",
                        "600 0:0 regular file /etc/passwd",
                        "755 0:0 directory /new/deep",
                        "4755 0:0 regular file /new/deep/file",
                        "400 0:0 regular empty file /tmp/Zo\u00eb",
                        "600 0:0 regular file " + LONG);
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000:0", "1000:1001, 1000:1001", "nobody, 0:0"})
    void filesBelongToAUserThatIsANumberAndToRootOtherwise(String user, String owner) {
        assertThat(told(Plans.wish().as(user), List.of(file("/tmp/own")), "/tmp/own"))
                .containsExactly("600 " + owner + " regular file /tmp/own");
    }

    @Test
    void aFileUnderAVolumeStandsInTheVolume() {
        Plans.Wish wish = Plans.wish().with(new VolumeSpec("world", "/world"));
        assertThat(told(wish, List.of(file("/world/own")), "/world/own")).hasSize(1);
        host.remove(host.inspect(name).orElseThrow().id());

        assertThat(told(wish, List.of(), "/world/own")).containsExactly("600 0:0 regular file /world/own");
    }

    @Test
    void aLinkOfTheImageLeadsNowhereOutsideOfTheContainer() {
        // /bin/sh is a link to busybox: the file takes the link's place, and busybox is as it was.
        assertThat(told(Plans.wish(), List.of(file("/bin/sh", 0755, "x")), "/bin/sh", "/bin/ls"))
                .containsExactly("755 0:0 regular file /bin/sh", "777 0:0 symbolic link /bin/ls");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "/bin", "/etc/passwd/below", "/bin/sh/below"})
    void aFileWhereTheImageHasSomethingElseIsRefused(String path) {
        String id = created(Plans.wish());

        assertFails(ErrorCode.CONTAINER_START_FAILED, () -> host.copyFiles(id, List.of(file(path))));
    }

    @Test
    void aContainerThatMayNotBeWrittenToTakesNoFiles() {
        String id = created(Plans.wish().onlyReading().with(new VolumeSpec("world", "/world")));

        assertFails(ErrorCode.CONTAINER_START_FAILED, () -> host.copyFiles(id, List.of(file("/etc/own"))));
        assertFails(ErrorCode.CONTAINER_START_FAILED, () -> host.copyFiles(id, List.of(file("/world/own"))));
    }

    @Test
    void aNameThatNoFileSystemTakesIsRefused() {
        String id = created(Plans.wish());

        assertFails(
                ErrorCode.CONTAINER_START_FAILED, () -> host.copyFiles(id, List.of(file("/etc/" + "n".repeat(300)))));
    }

    private String created(Plans.Wish wish) {
        return ((Creation.Created) host.create(plans.plan(name, wish))).id();
    }
}
