package dev.berth.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Addresses of this machine where something of ours can listen. */
public final class Ports {

    /** Stands for "any free port" wherever a port is asked for. */
    public static final int ANY = 0;

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private Ports() {}

    /** A port of the loopback address, which is where everything listens if nothing else is said. */
    public static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(LOOPBACK, port);
    }

    /** The port that is so many further on, of the same address; any free one again if the first is. */
    public static InetSocketAddress after(InetSocketAddress first, int number) {
        return new InetSocketAddress(first.getAddress(), first.getPort() == ANY ? ANY : first.getPort() + number);
    }

    /** A port of the loopback address that nothing listens on: see {@link #reserve(InetSocketAddress, String)}. */
    public static int reserve(int wanted, String user) {
        return reserve(loopback(wanted), user);
    }

    /**
     * A port that nothing listens on.
     *
     * @param wanted an address of this machine with the port, or {@link #ANY}
     * @param user what is going to listen there, for the error text
     * @throws LocalFailure if the wanted port is taken
     */
    public static int reserve(InetSocketAddress wanted, String user) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(wanted);
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LocalFailure(
                    "Port " + wanted.getPort() + " of " + wanted.getHostString() + " is needed for " + user
                            + " but in use (or not allowed, or no address of this machine): end what listens there,"
                            + " or choose another port.",
                    e);
        }
    }
}
