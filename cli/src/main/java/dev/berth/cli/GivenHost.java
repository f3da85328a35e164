package dev.berth.cli;

import dev.berth.local.docker.Engine;
import dev.berth.model.HostId;
import java.net.URI;
import java.nio.file.Path;

/** A Docker engine that runs already, as {@code --host} names it; it is not ours to end. */
record GivenHost(String hostId, URI endpoint, Path tls) implements Engine {
    /** Reads {@code ID=ENDPOINT=FOLDER}. */
    static GivenHost parse(String text) {
        String[] parts = text.split("=", 3);
        if (parts.length != 3 || parts[2].isEmpty()) {
            throw new IllegalArgumentException("must be ID=ENDPOINT=FOLDER, as in host-1=tcp://127.0.0.1:2376=./tls");
        }
        HostId id = new HostId(parts[0]);
        return new GivenHost(
                id.value(),
                URI.create(parts[1]),
                Path.of(parts[2]).toAbsolutePath().normalize());
    }

    @Override
    public void close() {
        // Nothing of ours runs there but its containers, which the stack's own operations end.
    }
}
