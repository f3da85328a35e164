package dev.berth.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The named volumes of one Docker engine. */
final class DockerVolumes {
    /** What engines call volumes, and what may stand in the path of a request. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

    private final DockerClient docker;

    DockerVolumes(DockerClient docker) {
        this.docker = docker;
    }

    /** Removes those whose names begin so. The engine's own filter finds the text anywhere, and takes patterns. */
    void remove(String prefix) {
        Stream.ofNullable(docker.listVolumesCmd()
                        .withFilter("name", List.of(prefix))
                        .exec()
                        .getVolumes())
                .flatMap(List::stream)
                .map(InspectVolumeResponse::getName)
                .filter(name -> name.startsWith(prefix) && NAME.matcher(name).matches())
                .forEach(this::removeVolume);
    }

    private void removeVolume(String name) {
        try {
            docker.removeVolumeCmd(name).exec();
        } catch (NotFoundException gone) {
            // Nothing to remove.
        }
    }
}
