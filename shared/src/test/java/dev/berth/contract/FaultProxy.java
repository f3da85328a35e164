package dev.berth.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A way to a port of this machine that can be spoilt at any time, for connections that are open and for new ones. */
final class FaultProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Fault fault = Fault.NONE;

    /** Which bytes. */
    enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    /** What happens to them. */
    enum Kind {
        /** They arrive. */
        PASS,
        /** Both ends see the connection closed. */
        CUT,
        /** Both ends see the connection reset. */
        RESET,
        /** They are taken and never arrive. */
        SWALLOW,
        /** They arrive one by one, 20 a second. */
        TRICKLE,
        /** They arrive 3 seconds late. */
        DELAY
    }

    /**
     * A fault.
     *
     * @param after so many bytes of that direction in a connection since the fault began
     */
    record Fault(Kind kind, Direction direction, int after) {
        static final Fault NONE = new Fault(Kind.PASS, Direction.TO_SERVER, 0);

        @Override
        public String toString() {
            return kind + " " + direction + " after " + after + " bytes";
        }
    }

    FaultProxy(int target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** From now on this goes wrong. */
    void set(Fault now) {
        fault = now;
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listening.accept();
                open.add(client);
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(server);
                Thread.ofVirtual().start(() -> new Pump(Direction.TO_SERVER, client, server).run());
                Thread.ofVirtual().start(() -> new Pump(Direction.TO_CLIENT, server, client).run());
            } catch (IOException e) {
                if (listening.isClosed()) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        quietly(listening::close);
        open.forEach(socket -> quietly(socket::close));
    }

    private interface Closing {
        void run() throws IOException;
    }

    private static void quietly(Closing closing) {
        try {
            closing.run();
        } catch (IOException e) {
            // Closed as can be.
        }
    }

    /** One direction of one connection. */
    private final class Pump {
        private final Direction direction;
        private final Socket from;
        private final Socket to;
        private Fault last = Fault.NONE;
        private int passed;

        Pump(Direction direction, Socket from, Socket to) {
            this.direction = direction;
            this.from = from;
            this.to = to;
        }

        void run() {
            byte[] bytes = new byte[8192];
            try {
                for (int n = from.getInputStream().read(bytes);
                        n >= 0;
                        n = from.getInputStream().read(bytes)) {
                    pass(bytes, n);
                }
            } catch (IOException | InterruptedException e) {
                // One end is gone; so is the other one then.
            }
            quietly(from::close);
            quietly(to::close);
        }

        private void pass(byte[] bytes, int n) throws IOException, InterruptedException {
            Fault now = fault;
            if (!now.equals(last)) {
                last = now;
                passed = 0;
            }
            boolean spoilt = now.kind() != Kind.PASS && now.direction() == direction;
            int good = spoilt ? Math.clamp(now.after() - passed, 0, n) : n;
            to.getOutputStream().write(bytes, 0, good);
            passed += good;
            if (good < n) {
                spoil(now.kind(), bytes, good, n);
            }
        }

        private void spoil(Kind kind, byte[] bytes, int from, int to) throws IOException, InterruptedException {
            switch (kind) {
                case CUT -> throw new IOException("cut");
                case RESET -> {
                    this.from.setSoLinger(true, 0);
                    this.to.setSoLinger(true, 0);
                    throw new IOException("reset");
                }
                case TRICKLE -> {
                    for (int i = from; i < to && !isClosedWithin(50); i++) {
                        this.to.getOutputStream().write(bytes, i, 1);
                    }
                }
                case DELAY -> {
                    if (!isClosedWithin(3_000)) {
                        this.to.getOutputStream().write(bytes, from, to - from);
                    }
                }
                case SWALLOW, PASS -> {
                    // Gone.
                }
            }
        }

        private boolean isClosedWithin(long millis) throws InterruptedException {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        }
    }
}
