package dev.berth.local.docker;

import dev.berth.local.process.Commands;
import dev.berth.local.process.LocalFailure;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** A Docker engine on this machine that is reached over mutual TLS, like a host that is far away. */
public interface Engine extends AutoCloseable {

    /** Where an ordinary installation of Docker listens. */
    Path SOCKET = Path.of("/var/run/docker.sock");

    String hostId();

    /** {@code tcp://ADDRESS:PORT}. */
    URI endpoint();

    /** A folder with the client's ca.pem, cert.pem and key.pem. */
    Path tls();

    @Override
    void close();

    /** What a client of its API connects with. */
    default SSLContext sslContext() {
        return Tls.of(tls());
    }

    /** A new client of its API, to be closed by the caller. */
    default EngineApi api() {
        return new EngineApi(endpoint(), tls());
    }

    /**
     * Starts an engine of our own as root; without root, puts mutual TLS in front of the engine that is there.
     *
     * @param directory holds its data, certificates and log
     * @param at an address of this machine to listen at, with a port or 0 for any free one
     * @param listener told of what takes long, such as installing Docker
     * @throws LocalFailure if neither is possible; the text says what to do
     */
    static Engine start(Path directory, String hostId, InetSocketAddress at, Consumer<String> listener) {
        if (Commands.asRoot()) {
            return DockerEngine.start(directory, hostId, at, listener);
        }
        if (Files.isWritable(SOCKET)) {
            return TlsFront.start(directory, hostId, at, SOCKET);
        }
        throw new LocalFailure(
                "A Docker engine is needed: run this as root, which starts engines of its own, or install Docker"
                        + " and make " + SOCKET
                        + " writable for you (as by `sudo usermod -aG docker $USER` and a new login).");
    }
}
