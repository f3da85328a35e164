package dev.berth.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.docker.DockerEngine;
import dev.berth.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What everything was measured on. */
final class Machine {
    private static final String MODEL = "model name";

    private Machine() {}

    /** As an engine of this machine, the kernel and this JVM tell. */
    static ObjectNode row() {
        try (DockerEngine engine = engine();
                AskedEngine asked = new AskedEngine(engine)) {
            ObjectNode info = asked.get("/info");
            return Json.object()
                    .put("processor", processor())
                    .put("cores", info.path("NCPU").asInt())
                    .put("memory GB", Report.rounded(info.path("MemTotal").asLong() / 1e9, 10))
                    .put("system", info.path("OperatingSystem").asText())
                    .put("kernel", info.path("KernelVersion").asText())
                    .put("engine", info.path("ServerVersion").asText())
                    .put("storage", info.path("Driver").asText())
                    .put("JDK", Runtime.version().toString());
        }
    }

    private static DockerEngine engine() {
        return DockerEngine.start(Scratch.folder(), "host-1", 0, System.err::println);
    }

    /** Some kernels do not name it. */
    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
