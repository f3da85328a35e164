package dev.berth.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import dev.berth.port.ContainerHost.About;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Supplier;

/** What an engine tells of itself. */
final class EngineSelf {
    private EngineSelf() {}

    /** @param certificatesEnd asked after the engine, which has shown its certificate by then */
    static About of(DockerClient docker, Supplier<Instant> certificatesEnd) {
        Version version = docker.versionCmd().exec();
        Info info = docker.infoCmd().exec();
        return new About(
                EngineId.of(
                        Optional.ofNullable(info.getId()).orElse(""),
                        Optional.ofNullable(info.getDockerRootDir()).orElse("")),
                Optional.ofNullable(version.getVersion()).orElse(""),
                Optional.ofNullable(version.getApiVersion()).orElse(""),
                // docker-java does not know of it by name.
                Boolean.TRUE.equals(info.getRawValues().get("LiveRestoreEnabled")),
                Optional.ofNullable(info.getDriver()).orElse(""),
                Optional.ofNullable(info.getSystemTime())
                        .map(OffsetDateTime::parse)
                        .map(OffsetDateTime::toInstant)
                        .orElse(Instant.EPOCH),
                Optional.ofNullable(info.getNCPU()).orElse(0),
                Optional.ofNullable(info.getMemTotal()).orElse(0L),
                certificatesEnd.get());
    }
}
