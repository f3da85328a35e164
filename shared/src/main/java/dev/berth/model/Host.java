package dev.berth.model;

import java.net.URI;
import java.util.Map;

/**
 * A Docker engine reached over mutual TLS.
 *
 * @param endpoint {@code tcp://name:port}
 * @param tls where its TLS material is: a folder with ca.pem, cert.pem and key.pem
 * @param capacity what it has
 * @param reserved what its games have reserved of that
 */
public record Host(
        HostId id,
        URI endpoint,
        String tls,
        Capacity capacity,
        Capacity reserved,
        HostState state,
        Map<String, String> labels) {

    /** @param milliVcpu thousandths of a processor */
    public record Capacity(long milliVcpu, long memoryBytes) {
        public static final Capacity NONE = new Capacity(0, 0);

        public boolean covers(Resources wanted, Capacity taken) {
            return milliVcpu - taken.milliVcpu >= wanted.milliVcpu()
                    && memoryBytes - taken.memoryBytes >= wanted.memory().bytes();
        }
    }

    public Host {
        labels = Map.copyOf(labels);
        if (!"tcp".equals(endpoint.getScheme()) || endpoint.getHost() == null || endpoint.getPort() < 1) {
            throw new IllegalArgumentException("endpoint must be tcp://name:port");
        }
    }

    public boolean hasRoomFor(Resources wanted) {
        return capacity.covers(wanted, reserved);
    }

    public long freeMemory() {
        return capacity.memoryBytes - reserved.memoryBytes;
    }
}
