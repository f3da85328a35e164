package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.wire.Json;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack at an address of this machine that containers reach, as {@code sam local invoke} needs it. */
final class AddressIT {
    @TempDir
    static Path folder;

    @Test
    void servesAGameWithoutAnybodySeeingTheFoldersOfItsHosts() throws IOException, InterruptedException {
        Optional<String> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
        if (own.isEmpty()) {
            System.out.println("skipped: this machine has no address but the loopback one");
        }
        Assumptions.assumeTrue(own.isPresent());
        RunningStack stack = RunningStack.start(folder, "--address", own.get());
        try {
            assertThat(stack.local().path("endpoints").properties())
                    .allMatch(endpoint -> endpoint.getValue().asText().startsWith("http://" + own.get() + ":"));
            assertThat(stack.endpoint(1)).startsWith("tcp://" + own.get() + ":");
            assertThat(Path.of(stack.tls(1)).resolve("key.pem")).isRegularFile();
            assertThat(stack.json("hosts").path("tls").asText()).isEqualTo("secret:hosts/host-1");

            Path spec = Files.writeString(folder.resolve("spec.json"), "{\"memory\": \"64M\", \"vcpu\": 0.1}");
            ObjectNode result = stack.startGame("arena", spec);

            assertThat(result.path("outcome").asText()).as(Json.write(result)).isEqualTo("success");
            assertThat(stack.run("ps", "--stats").out()).contains("arena");
        } finally {
            stack.end();
        }
    }
}
