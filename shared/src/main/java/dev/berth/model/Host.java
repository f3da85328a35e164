package dev.berth.model;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A Docker engine reached over mutual TLS.
 *
 * @param endpoint {@code tcp://name:port}, by the rule of {@link HostEndpoint}
 * @param tls where its TLS material is: a folder with ca.pem, cert.pem and key.pem, or {@code secret:NAME} for a secret
 *     that is a JSON object of these
 * @param capacity what it has
 * @param reserved what its games have reserved of that
 * @param state what it is used for
 * @param notes what operators said of it and reconcile saw there
 * @param engine the engine's own id as it was when the host was registered; absent where nobody looked
 */
public record Host(
        HostId id,
        URI endpoint,
        String tls,
        Capacity capacity,
        Capacity reserved,
        HostState state,
        Map<String, String> labels,
        HostNotes notes,
        Optional<String> engine) {

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
        HostEndpoint.refusal(endpoint).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
    }

    /** A host of which nothing was noted yet, and at whose engine nobody has looked. */
    public Host(
            HostId id,
            URI endpoint,
            String tls,
            Capacity capacity,
            Capacity reserved,
            HostState state,
            Map<String, String> labels) {
        this(id, endpoint, tls, capacity, reserved, state, labels, HostNotes.NONE, Optional.empty());
    }

    public Host with(HostState other, HostNotes noted) {
        return new Host(id, endpoint, tls, capacity, reserved, other, labels, noted, engine);
    }

    /** @param own the engine's id, as it tells it; absent where nobody looked */
    public Host withEngine(Optional<String> own) {
        return new Host(id, endpoint, tls, capacity, reserved, state, labels, notes, own);
    }

    /** @param other where its TLS material is as well */
    public Host withTls(String other) {
        return new Host(id, endpoint, other, capacity, reserved, state, labels, notes, engine);
    }

    /** Whether new games may be placed there. */
    public boolean takesGames() {
        return state == HostState.ACTIVE && notes.silentSince().isEmpty();
    }

    public boolean hasRoomFor(Resources wanted) {
        return capacity.covers(wanted, reserved);
    }

    public long freeMemory() {
        return capacity.memoryBytes - reserved.memoryBytes;
    }
}
