package dev.berth.local.docker;

import dev.berth.local.docker.Certificates.Request;
import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Mutual TLS in front of an engine that listens on a unix socket, for those who are not root. Only one makes sense on a machine:
 * behind a second one stands the same engine with the same containers.
 */
public final class TlsFront implements Engine {

    private final String hostId;
    private final Path tls;
    private final Path unixSocket;
    private final SSLServerSocket server;
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

    private TlsFront(String hostId, Path tls, Path unixSocket, SSLServerSocket server) {
        this.hostId = hostId;
        this.tls = tls;
        this.unixSocket = unixSocket;
        this.server = server;
    }

    /** On a port of the loopback address: see {@link #start(Path, String, InetSocketAddress, Path)}. */
    public static TlsFront start(Path directory, String hostId, int port, Path unixSocket) {
        return start(directory, hostId, Ports.loopback(port), unixSocket);
    }

    /**
     * Begins to listen.
     *
     * @param directory gets the certificates
     * @param at where, with a port or {@link Ports#ANY}
     * @throws LocalFailure if the port is taken, or no engine answers behind the socket
     */
    public static TlsFront start(Path directory, String hostId, InetSocketAddress at, Path unixSocket) {
        var authority = Certificates.newAuthority("berth local " + hostId);
        var own =
                authority.issue(Request.server("localhost", at.getHostString())).writeTo(directory.resolve("server"));
        var client = authority.issue(Request.client("berth")).writeTo(directory.resolve("tls"));
        var actualPort = Ports.reserve(at, "the TLS front of " + unixSocket);
        try {
            var server = (SSLServerSocket)
                    Tls.of(own).getServerSocketFactory().createServerSocket(actualPort, 0, at.getAddress());
            server.setNeedClientAuth(true);
            var front = new TlsFront(hostId, client, unixSocket, server);
            Thread.ofPlatform().daemon().name("TLS front " + hostId).start(front::accept);
            front.requireAnswer();
            return front;
        } catch (IOException e) {
            throw new LocalFailure("Nothing can listen on port " + actualPort + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String hostId() {
        return hostId;
    }

    @Override
    public URI endpoint() {
        return URI.create("tcp://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort());
    }

    @Override
    public Path tls() {
        return tls;
    }

    /** Breaks off all connections; the engine and its containers stay. */
    @Override
    public void close() {
        closeQuietly(server);
        open.forEach(this::closeQuietly);
    }

    private void requireAnswer() {
        try (var api = api()) {
            if (!api.answers()) {
                close();
                throw new LocalFailure("No Docker engine answers on " + unixSocket + ": start Docker and try again.");
            }
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = (SSLSocket) server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    closeQuietly(server);
                }
            }
        }
    }

    /** Pipes both ways; each side's end of data is passed on, as attached containers need it. */
    private void connect(SSLSocket client) {
        open.add(client);
        try (client;
                var engine = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            open.add(engine);
            client.startHandshake();
            engine.connect(UnixDomainSocketAddress.of(unixSocket));
            var upwards = Thread.ofVirtual().start(() -> sendUp(client, engine));
            pipe(Channels.newInputStream(engine), client.getOutputStream());
            client.shutdownOutput();
            upwards.join();
            open.remove(engine);
        } catch (IOException e) {
            // One side broke off or was refused; the other one sees the connection end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void sendUp(Socket client, SocketChannel engine) {
        try {
            pipe(client.getInputStream(), Channels.newOutputStream(engine));
            engine.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(engine);
        }
    }

    private static void pipe(InputStream from, OutputStream to) throws IOException {
        from.transferTo(to);
    }

    private void closeQuietly(AutoCloseable connection) {
        open.remove(connection);
        try {
            connection.close();
        } catch (Exception e) {
            // It is gone either way.
        }
    }
}
