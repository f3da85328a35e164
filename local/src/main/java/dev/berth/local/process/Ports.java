package dev.berth.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback address. */
public final class Ports {

    /** Stands for "any free port" wherever a port is asked for. */
    public static final int ANY = 0;

    private Ports() {}

    /**
     * A port that nothing listens on.
     *
     * @param wanted the port, or {@link #ANY}
     * @param user what is going to listen there, for the error text
     * @throws LocalFailure if the wanted port is taken
     */
    public static int reserve(int wanted, String user) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LocalFailure(
                    "Port " + wanted + " is needed for " + user
                            + " but in use (or not allowed): end what listens there, or choose another port.",
                    e);
        }
    }
}
