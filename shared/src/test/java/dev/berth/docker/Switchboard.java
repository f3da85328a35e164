package dev.berth.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import dev.berth.local.docker.Certificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Leads each call to the engine of the moment, in the place of the network and below all else that is ours. */
public final class Switchboard implements DockerHttpClient {
    private static final Request PING = Request.builder()
            .method(Request.Method.GET)
            .path("/_ping")
            .headers(Map.of())
            .build();

    private volatile Optional<DockerHttpClient> engine = Optional.empty();

    /** @param tls a folder for the TLS material of the hosts that are connected to */
    public static Path material(Path tls) {
        return Certificates.newAuthority("ours")
                .issue(Certificates.Request.client("berth"))
                .writeTo(tls);
    }

    /** Connections that all lead here. */
    public DockerHosts hosts() {
        return new DockerHosts(_ -> Optional.empty(), this::inPlaceOf, Duration.ofSeconds(1));
    }

    /** From now on this engine answers. */
    public void leadTo(DockerHttpClient now) {
        engine = Optional.of(now);
    }

    /** The way to nobody is tried once: from then on there are certificates whose end can be asked for. */
    private DockerHttpClient inPlaceOf(DockerHttpClient network) {
        try {
            network.execute(PING).close();
        } catch (RuntimeException nobodyThere) {
            return this;
        }
        throw new IllegalStateException("somebody answers where the test says that nobody is");
    }

    @Override
    public Response execute(Request request) {
        return engine.orElseThrow().execute(request);
    }

    @Override
    public void close() {}
}
