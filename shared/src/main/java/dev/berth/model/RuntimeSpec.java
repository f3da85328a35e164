package dev.berth.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a game's container is run.
 *
 * @param disk kept for the record; Docker's overlay storage does not enforce it
 * @param files written into the container before it starts
 * @param settle how long the container must stay up before a start is done; an operation's own default where absent
 * @param stopSignal the signal that asks the container to end; the image's own where absent
 * @param stopGrace how long it may take to end before it is killed; {@code Limits} has the default
 * @param autoStopAfter stop after that long without a touch
 * @param retainFor how long a stopped container is kept
 * @param user the user inside the container; the image's own where absent
 * @param hostLabels labels that the host must have
 */
public record RuntimeSpec(
        Resources resources,
        Optional<Size> disk,
        List<String> command,
        Map<String, String> env,
        List<PortSpec> ports,
        List<VolumeSpec> volumes,
        List<FileSpec> files,
        Optional<HealthCheck> health,
        Optional<Duration> settle,
        Optional<String> stopSignal,
        Optional<Duration> stopGrace,
        RestartPolicy restart,
        Optional<Duration> autoStopAfter,
        Optional<Duration> retainFor,
        Map<String, String> labels,
        Optional<String> user,
        boolean readOnly,
        Map<String, String> hostLabels) {

    /** What a game gets that says nothing else: one processor and 512 MiB. */
    public static final Resources DEFAULT_RESOURCES = new Resources(1000, new Size(512L << 20));

    public RuntimeSpec {
        command = List.copyOf(command);
        env = Map.copyOf(env);
        ports = List.copyOf(ports);
        volumes = List.copyOf(volumes);
        files = List.copyOf(files);
        labels = Map.copyOf(labels);
        hostLabels = Map.copyOf(hostLabels);
    }
}
