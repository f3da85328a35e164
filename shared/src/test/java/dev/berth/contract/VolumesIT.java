package dev.berth.contract;

import static dev.berth.contract.StoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.docker.DockerHosts;
import dev.berth.local.docker.EngineApi;
import dev.berth.model.ErrorCode;
import dev.berth.model.VolumeSpec;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHost.Creation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Volumes of games on a real engine: kept when containers go, and removed by their exact beginning. */
@ExtendWith(LocalEngine.Provided.class)
final class VolumesIT {
    private static final Duration PLENTY = Duration.ofMinutes(1);
    private static final VolumeSpec WORLD = new VolumeSpec("world", "/world");
    private static final VolumeSpec MAPS = new VolumeSpec("maps", "/maps");

    private final DockerHosts hosts = new DockerHosts();
    private final ContainerHost host;
    private final EngineApi api;
    private final Plans plans;
    private final String name = Samples.unique("volumes");

    VolumesIT(LocalEngine local) {
        host = hosts.connect(local.host(), () -> PLENTY);
        api = local.engine.api();
        plans = new Plans(local);
    }

    @AfterEach
    void close() {
        Stream.of(name, name + "-2", "x" + name)
                .peek(each -> host.inspect(each).ifPresent(container -> host.remove(container.id())))
                .forEach(each -> host.removeVolumes(each + "_"));
        hosts.close();
        api.close();
    }

    private String created(String called) {
        return ((Creation.Created) host.create(plans.plan(called, Plans.wish().with(WORLD, MAPS)))).id();
    }

    private boolean isThere(String volume) {
        return api.send("GET", "/volumes/" + volume, "").statusCode() == 200;
    }

    @Test
    void volumesStayWhenTheirContainerGoesAndGoWhenTheyAreRemoved() {
        host.remove(created(name));
        assertThat(List.of("_world", "_maps")).allMatch(volume -> isThere(name + volume));

        host.removeVolumes(name + "_");
        host.removeVolumes(name + "_");

        assertThat(List.of("_world", "_maps")).noneMatch(volume -> isThere(name + volume));
    }

    @Test
    void volumesOfGamesWithSimilarNamesStay() {
        Stream.of(name, name + "-2", "x" + name).map(this::created).forEach(host::remove);

        host.removeVolumes(name + "_");

        assertThat(List.of(name + "-2_world", "x" + name + "_world")).allMatch(this::isThere);
        assertThat(isThere(name + "_world")).isFalse();
    }

    @Test
    void aVolumeThatIsInUseStays() {
        created(name);

        assertFails(ErrorCode.DOCKER_ERROR, () -> host.removeVolumes(name + "_"));

        assertThat(isThere(name + "_world")).isTrue();
        assertThat(isThere(name + "_maps")).isTrue();
    }
}
