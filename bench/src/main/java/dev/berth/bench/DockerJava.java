package dev.berth.bench;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import dev.berth.local.docker.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** docker-java as it comes, over the same mutual TLS: what Berth's own calls go through. */
final class DockerJava implements Entrant {
    private static final ExposedPort PORT = ExposedPort.tcp(Integer.parseInt(Lab.GAME_PORT));

    private final DockerClient docker;
    private final Lab lab;

    DockerJava(Engine engine, Lab lab) {
        this.lab = lab;
        DockerClientConfig config = new DefaultDockerClientConfig.Builder()
                .withDockerHost(engine.endpoint().toString())
                .withDockerTlsVerify(true)
                .withCustomSslConfig(engine::sslContext)
                .build();
        docker = DockerClientImpl.getInstance(
                config,
                new ApacheDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .build());
    }

    @Override
    public String name() {
        return "docker-java";
    }

    @Override
    public Map<String, Duration> life(String game) {
        String name = "java_" + game;
        Duration start = Stopwatch.of(() -> start(name));
        docker.removeContainerCmd(name).withForce(true).exec();
        return Map.of("start", start);
    }

    private void start(String name) {
        HostConfig limits = HostConfig.newHostConfig()
                .withMemory(64L << 20)
                .withMemorySwap(64L << 20)
                .withNanoCPUs(250_000_000L)
                .withPidsLimit(512L)
                .withInit(true)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withPortBindings(new PortBinding(Ports.Binding.empty(), PORT));
        String id = docker.createContainerCmd(lab.image())
                .withName(name)
                .withExposedPorts(PORT)
                .withHostConfig(limits)
                .exec()
                .getId();
        docker.startContainerCmd(id).exec();
    }

    @Override
    public void close() {
        try {
            docker.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
