package dev.berth.local.docker;

import dev.berth.local.docker.Certificates.Request;
import dev.berth.local.docker.Packages.Program;
import dev.berth.local.process.Child;
import dev.berth.local.process.Commands;
import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A dockerd of our own, which needs root: with its own data, bridge and containerd namespace, so that it stands beside other ones.
 * It leaves the machine's firewall and routing alone; published ports are served by docker-proxy, and containers reach this machine
 * but not the world.
 */
public final class DockerEngine implements Engine {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final List<Program> PROGRAMS = List.of(
            new Program("dockerd", "docker.io"),
            new Program("ip", "iproute2"),
            // dockerd asks for it at its start, though it is told not to use it.
            new Program("iptables", "iptables"));

    private final EnginePlace place;
    private final String hostId;
    private final InetSocketAddress at;
    private final FileChannel lock;
    private final EngineNetwork network;
    private Child daemon;

    private DockerEngine(
            EnginePlace place, String hostId, InetSocketAddress at, FileChannel lock, EngineNetwork network) {
        this.place = place;
        this.hostId = hostId;
        this.at = at;
        this.lock = lock;
        this.network = network;
        this.daemon = startDaemon(place, at, network);
    }

    /** On a port of the loopback address, silently: see {@link #start(Path, String, InetSocketAddress, Consumer)}. */
    public static DockerEngine start(Path directory, String hostId, int port) {
        return start(directory, hostId, port, _ -> {});
    }

    /** On a port of the loopback address: see {@link #start(Path, String, InetSocketAddress, Consumer)}. */
    public static DockerEngine start(Path directory, String hostId, int port, Consumer<String> listener) {
        return start(directory, hostId, Ports.loopback(port), listener);
    }

    /**
     * Starts an engine and returns when it answers; installs Docker first where it is missing.
     *
     * @param directory holds its data, which may be kept for the next run, its certificates and dockerd.log
     * @param at where to listen, with a port or {@link Ports#ANY}
     * @param listener told of what takes long
     * @throws LocalFailure if we are not root, the port or the directory is in use, or it does not answer within a minute
     */
    public static DockerEngine start(Path directory, String hostId, InetSocketAddress at, Consumer<String> listener) {
        if (!Commands.asRoot()) {
            throw new LocalFailure("A Docker engine of our own needs root.");
        }
        Packages.ensure(PROGRAMS, listener);
        var place = EnginePlace.of(directory);
        var actual = new InetSocketAddress(at.getAddress(), Ports.reserve(at, "the Docker engine " + hostId));
        var lock = lock(place);
        try {
            place.clearLeftovers();
            place.prepare();
            var authority = Certificates.newAuthority("berth local " + hostId);
            authority.issue(Request.server("localhost", at.getHostString())).writeTo(place.serverTls());
            authority.issue(Request.client("berth")).writeTo(place.clientTls());
            var network = EngineNetwork.create(place.id());
            var engine = new DockerEngine(place, hostId, actual, lock, network);
            engine.awaitAnswer();
            return engine;
        } catch (RuntimeException e) {
            place.clearLeftovers();
            EngineNetwork.delete(place.id());
            unlock(lock);
            throw e;
        }
    }

    @Override
    public String hostId() {
        return hostId;
    }

    @Override
    public URI endpoint() {
        return URI.create("tcp://" + at.getHostString() + ":" + at.getPort());
    }

    @Override
    public Path tls() {
        return place.clientTls();
    }

    /** The daemon's own: its certificate with its key, and in ca.pem whose clients it lets in. Read at {@link #restart}. */
    public Path serverTls() {
        return place.serverTls();
    }

    /**
     * This machine's address in the network of its containers: one that Docker does not take for a loopback address,
     * behind which it would trust any registry.
     */
    public String address() {
        return network.address();
    }

    /** The daemon's. */
    public synchronized long pid() {
        return daemon.pid();
    }

    /** SIGSTOP: connections are taken, and nothing answers. */
    public synchronized void freeze() {
        daemon.signal("STOP");
    }

    /** SIGCONT. */
    public synchronized void thaw() {
        daemon.signal("CONT");
    }

    /** SIGKILL to the daemon; its containers run on until {@link #restart} or {@link #close}. */
    public synchronized void kill() {
        daemon.kill();
    }

    /** Ends the daemon, if it runs, and starts it again with the same data and port, and the certificates that are there. */
    public synchronized void restart() {
        endDaemon();
        daemon = startDaemon(place, at, network);
        awaitAnswer();
    }

    /** Ends the daemon with all its containers; its data stay. Returns within half a minute. */
    @Override
    public synchronized void close() {
        endDaemon();
        place.clearLeftovers();
        EngineNetwork.delete(place.id());
        unlock(lock);
    }

    private void endDaemon() {
        if (daemon.isAlive()) {
            daemon.signal("CONT");
            daemon.close();
        }
    }

    private void awaitAnswer() {
        try (var api = api()) {
            daemon.awaitReady(api::answers, START_LIMIT);
        }
    }

    private static Child startDaemon(EnginePlace place, InetSocketAddress at, EngineNetwork network) {
        var tls = place.serverTls();
        place.forgetPids();
        return Child.Plan.of(
                        "dockerd",
                        List.of(
                                "dockerd",
                                "--config-file=" + place.emptyConfiguration(),
                                "--data-root=" + place.data(),
                                "--exec-root=" + place.runtime(),
                                "--pidfile=" + place.pidFile(),
                                "--containerd-namespace=berth-" + place.id(),
                                "--containerd-plugins-namespace=berth-" + place.id() + "-plugins",
                                "--bridge=" + network.bridge(),
                                "--default-address-pool=base=" + network.pool() + ",size=26",
                                "--iptables=false",
                                "--ip6tables=false",
                                "--ip-forward=false",
                                "--ip-masq=false",
                                "--host=tcp://" + at.getHostString() + ":" + at.getPort(),
                                "--tlsverify",
                                "--tlscacert=" + tls.resolve("ca.pem"),
                                "--tlscert=" + tls.resolve("cert.pem"),
                                "--tlskey=" + tls.resolve("key.pem"),
                                "--shutdown-timeout=5",
                                "--log-level=warn"),
                        place.log())
                .withGrace(Duration.ofSeconds(15))
                .start();
    }

    private static FileChannel lock(EnginePlace place) {
        try {
            Files.createDirectories(place.directory());
            var channel = FileChannel.open(
                    place.directory().resolve("engine.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return channel;
                }
            } catch (java.nio.channels.OverlappingFileLockException e) {
                // Held by this very process: as much in use as by another one.
            }
            channel.close();
            throw new LocalFailure(
                    "Another engine runs in " + place.directory() + ": end it, or choose another directory.");
        } catch (IOException e) {
            throw new LocalFailure("The directory " + place.directory() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void unlock(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new LocalFailure("An engine's lock cannot be given up: " + e.getMessage(), e);
        }
    }
}
