package dev.berth.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import dev.berth.model.ErrorCode;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.port.Clock;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * The transport to one host, with its TLS material as it is at the moment of each call. When the material has changed,
 * new calls go over new connections, and those that are under way end over the old ones.
 */
final class HostTransport implements DockerHttpClient {
    private final TlsSource source;
    private final Function<MutualTls, DockerHttpClient> opening;
    private final Clock clock;
    private Optional<Used> current = Optional.empty();
    private Optional<Instant> unusableSince = Optional.empty();

    /** A transport with what it was made of. */
    private record Used(TlsMaterial material, MutualTls tls, RetiringTransport transport) {}

    /** @param opening makes a transport for some TLS material; opens no connection by itself */
    HostTransport(TlsSource source, Function<MutualTls, DockerHttpClient> opening, Clock clock) {
        this.source = source;
        this.opening = opening;
        this.clock = clock;
    }

    @Override
    public Response execute(Request request) {
        return begun(looked()).execute(request);
    }

    /** As it is now; empty if that cannot be found out, or is being written, so that what it was goes on. */
    private Optional<TlsMaterial> looked() {
        try {
            return Optional.of(source.read());
        } catch (OperationFailed failed) {
            unusable(failed);
            return Optional.empty();
        }
    }

    /** Takes part in the transport for that material; whoever does executes one request. */
    private synchronized RetiringTransport.Part begun(Optional<TlsMaterial> now) {
        if (now.isPresent() && !current.map(Used::material).equals(now)) {
            exchange(now.get());
        } else if (now.isPresent()) {
            unusableSince = Optional.empty();
        }
        return current.orElseThrow().transport().takePart();
    }

    private void exchange(TlsMaterial material) {
        try {
            MutualTls tls = MutualTls.of(material);
            Used other = new Used(material, tls, new RetiringTransport(opening.apply(tls)));
            current.ifPresent(used -> used.transport().retire());
            current = Optional.of(other);
            unusableSince = Optional.empty();
        } catch (OperationFailed failed) {
            unusable(failed);
        }
    }

    /** A store of secrets that is down says nothing against what it said before; neither does a file half written. */
    private synchronized void unusable(OperationFailed failed) {
        Instant now = clock.now();
        Instant since = unusableSince.orElse(now);
        boolean forLong = now.isAfter(since.plus(Limits.TLS_HALF_WRITTEN));
        if (current.isEmpty() || (failed.code() == ErrorCode.TLS_FAILED && forLong)) {
            throw failed;
        }
        unusableSince = Optional.of(since);
    }

    /** When the first certificate of the last connection ends, theirs or ours. */
    synchronized Instant certificatesEnd() {
        return current.map(Used::tls)
                .map(MutualTls::certificatesEnd)
                .orElseThrow(() -> new IllegalStateException("asked before the first call"));
    }

    @Override
    public synchronized void close() throws IOException {
        if (current.isPresent()) {
            current.get().transport().close();
        }
    }
}
