package dev.berth.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.berth.model.Host;
import dev.berth.model.HostState;
import dev.berth.model.Limits;
import dev.berth.port.Clock;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHosts;
import dev.berth.port.EngineCall;
import dev.berth.port.RegistryLogins;
import dev.berth.port.RegistryLogins.Login;
import dev.berth.port.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/** Connections to hosts, kept for as long as the sandbox lives: an idle one is cheaper than a new handshake. */
public final class DockerHosts implements ContainerHosts, AutoCloseable {
    static final int CONNECTIONS = 16;

    private final Map<Host, Connection> connections = new ConcurrentHashMap<>();
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final SharedPulls pulls = new SharedPulls();
    private final RegistryLogins logins;
    private final Secrets secrets;
    private final UnaryOperator<DockerHttpClient> observed;
    private final Duration silence;

    private record Connection(
            DockerClientConfig config, DockerHttpClient streams, DockerClient client, HostTransport transport) {}

    /** Without a login to any registry. */
    public DockerHosts() {
        this(UnaryOperator.identity());
    }

    /** @param secrets where TLS material is that is not in folders */
    public DockerHosts(RegistryLogins logins, Secrets secrets) {
        this(logins, secrets, UnaryOperator.identity(), Limits.PULL_SILENCE);
    }

    public DockerHosts(RegistryLogins logins) {
        this(logins, UnaryOperator.identity());
    }

    /** @param observed wraps the transport, so that a test can count or break its calls */
    public DockerHosts(UnaryOperator<DockerHttpClient> observed) {
        this(_ -> Optional.empty(), observed);
    }

    /** @param observed wraps the transport, so that a test can count or break its calls */
    public DockerHosts(RegistryLogins logins, UnaryOperator<DockerHttpClient> observed) {
        this(logins, observed, Limits.PULL_SILENCE);
    }

    /**
     * @param observed wraps the transport, so that a test can count or break its calls
     * @param silence how long a pull may stand still
     */
    public DockerHosts(RegistryLogins logins, UnaryOperator<DockerHttpClient> observed, Duration silence) {
        this(logins, _ -> Optional.empty(), observed, silence);
    }

    private DockerHosts(
            RegistryLogins logins, Secrets secrets, UnaryOperator<DockerHttpClient> observed, Duration silence) {
        this.logins = logins;
        this.secrets = secrets;
        this.observed = observed;
        this.silence = silence;
    }

    @Override
    public ContainerHost connect(Host host, Supplier<Duration> left, Consumer<EngineCall> ended) {
        Host stable = stable(host);
        Connection there = connections.computeIfAbsent(stable, this::open);
        Supplier<StreamingCall> streaming = () -> new StreamingCall(there.config(), there.streams(), calls);
        Pulls shared = (ref, progress) -> {
            Optional<Login> login = logins.find(ConfigLogins.registry(ref));
            pulls.share(
                    stable,
                    ref,
                    () -> ImagePull.begun(streaming.get(), ref, login, silence),
                    pull -> pull.await(progress, left));
        };
        return new DockerHost(
                there.client(),
                streaming,
                shared,
                host.endpoint().getHost(),
                there.transport()::certificatesEnd,
                new TimeLimit(calls, left, ended));
    }

    /** The part of a host that a connection depends on; what is reserved there changes all the time. */
    private static Host stable(Host host) {
        return new Host(
                host.id(),
                host.endpoint(),
                host.tls(),
                Host.Capacity.NONE,
                Host.Capacity.NONE,
                HostState.ACTIVE,
                Map.of());
    }

    private Connection open(Host host) {
        // The builder of the class itself: the static one reads DOCKER_HOST and files of the user.
        DefaultDockerClientConfig config = new DefaultDockerClientConfig.Builder()
                .withDockerHost(host.endpoint().toString())
                .build();
        HostTransport transport = new HostTransport(
                TlsSource.of(host.tls(), secrets),
                tls -> new EngineTransport(
                        host.endpoint(), tls.context(), new GuardedNames(SystemDefaultDnsResolver.INSTANCE)),
                Clock.system());
        DockerHttpClient http = observed.apply(transport);
        return new Connection(
                config,
                new BoundedAnswers(http, Limits.MOST_STREAMED),
                DockerClientImpl.getInstance(config, new BoundedAnswers(http, Limits.MOST_ANSWERED)),
                transport);
    }

    @Override
    public void close() {
        calls.shutdownNow();
        connections.values().forEach(connection -> {
            try {
                connection.client().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
