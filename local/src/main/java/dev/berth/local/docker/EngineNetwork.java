package dev.berth.local.docker;

import dev.berth.local.process.Commands;
import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An engine's bridge and addresses: a block of 4,096 from 10.208.0.0/12 that no interface of this machine is in. Its lower half is
 * the bridge's, which has room for more containers than Linux lets a bridge have (1,024).
 *
 * @param block 0 to 255
 */
record EngineNetwork(String bridge, int block) {

    private static final int BLOCKS = 256;
    private static final Path LOCK = Path.of("/run/berth.lock");

    /** Makes the bridge; one that is left from before is replaced. */
    static EngineNetwork create(String engineId) {
        // Two engines that start at the same time must not choose the same block: not in this process, nor in two.
        synchronized (EngineNetwork.class) {
            return createAlone(engineId);
        }
    }

    private static EngineNetwork createAlone(String engineId) {
        try (var channel = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            delete(engineId);
            var network =
                    new EngineNetwork(bridge(engineId), freeBlock(Integer.parseInt(engineId.substring(0, 2), 16)));
            Commands.run("ip", "link", "add", "name", network.bridge, "type", "bridge");
            Commands.run("ip", "address", "add", network.address() + "/21", "dev", network.bridge);
            Commands.run("ip", "link", "set", network.bridge, "up");
            return network;
        } catch (IOException e) {
            throw new LocalFailure("The lock " + LOCK + " cannot be taken: " + e.getMessage(), e);
        }
    }

    static void delete(String engineId) {
        if (Files.exists(Path.of("/sys/class/net", bridge(engineId)))) {
            Commands.run("ip", "link", "delete", bridge(engineId));
        }
    }

    /** This machine's own in that network. */
    String address() {
        return prefix(0) + ".1";
    }

    /** For the networks that users of the engine make: the upper half of the block. */
    String pool() {
        return prefix(8) + ".0/21";
    }

    /** An interface's name has at most 15 characters. */
    private static String bridge(String engineId) {
        return "bth" + engineId;
    }

    private static int freeBlock(int preferred) {
        var taken = takenPrefixes();
        for (int i = 0; i < BLOCKS; i++) {
            var candidate = new EngineNetwork("", (preferred + i) % BLOCKS);
            if (taken.stream().noneMatch(candidate::holds)) {
                return candidate.block;
            }
        }
        throw new LocalFailure("All addresses of 10.208.0.0/12 are in use on this machine.");
    }

    private boolean holds(byte[] address) {
        return address.length == 4
                && address[0] == 10
                && (address[1] & 0xff) == 208 + block / 16
                && (address[2] & 0xff) / 16 == block % 16;
    }

    private static Set<byte[]> takenPrefixes() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getAddress)
                    .collect(Collectors.toSet());
        } catch (SocketException e) {
            throw new LocalFailure("The network interfaces of this machine cannot be read: " + e.getMessage(), e);
        }
    }

    private String prefix(int offset) {
        return "10." + (208 + block / 16) + "." + (block % 16 * 16 + offset);
    }
}
