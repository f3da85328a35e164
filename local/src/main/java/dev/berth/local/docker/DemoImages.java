package dev.berth.local.docker;

import dev.berth.local.docker.Packages.Program;
import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Small images made on the spot, where no registry can be reached: a game in two versions, and a broken third one. */
public final class DemoImages {

    private static final String REPOSITORY = "berth-demo/game:";
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final int LOADER_SEARCH = 8_192;

    /** PID 1 has no default signal handlers, so the script must have its own. */
    private static final String GAME = """
            #!/bin/sh
            trap 'kill $server; exit 0' TERM INT
            echo "demo game VERSION listens on 8080"
            httpd -f -p 8080 -h /www &
            server=$!
            wait $server
            """;

    private static final String BROKEN = """
            #!/bin/sh
            echo "demo game VERSION: the world file is missing" >&2
            exit 1
            """;

    private DemoImages() {}

    /**
     * Makes the images on an engine, but for those that it has from before.
     *
     * @param listener told if busybox has to be installed first
     * @return their references by what they are: 1.0.0, 1.0.1 (they answer on port 8080 with a line that ends in their version, and
     *     end with 0 at SIGTERM) and broken (prints an error and ends with 1)
     */
    public static Map<String, String> importInto(Engine engine, Consumer<String> listener) {
        var busybox = busybox(listener);
        try (var api = engine.api()) {
            var references = new TreeMap<String, String>();
            references.put("1.0.0", make(api, busybox, "1.0.0", GAME));
            references.put("1.0.1", make(api, busybox, "1.0.1", GAME));
            references.put("broken", make(api, busybox, "1.0.2-broken", BROKEN));
            return references;
        }
    }

    private static String make(EngineApi api, byte[] busybox, String version, String script) {
        var files = new Tar();
        List.of("bin", "dev", "etc", "proc", "sys", "tmp", "www").forEach(files::folder);
        files.file("bin/busybox", 0755, busybox);
        List.of("sh", "httpd", "kill", "echo", "cat", "sleep", "ls", "wget", "test", "touch", "id")
                .forEach(command -> files.link("bin/" + command, "busybox"));
        files.file("etc/passwd", 0644, "root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n");
        files.file("www/index.html", 0644, "demo game " + version + "\n");
        files.file("game.sh", 0755, script.replace("VERSION", version));
        var reference = REPOSITORY + version;
        var content = files.bytes();
        var label = "berth.demo.content=" + Hash.of(content);
        if (!api.send("GET", "/images/" + reference + "/json", "").body().contains(label.replace("=", "\":\""))) {
            api.importImage(
                    reference,
                    content,
                    List.of("CMD [\"/game.sh\"]", "EXPOSE 8080", "ENV PATH=/bin", "LABEL " + label));
        }
        return reference;
    }

    private static byte[] busybox(Consumer<String> listener) {
        Packages.ensure(
                List.of(new Program("a static busybox", "busybox-static", DemoImages::hasStaticBusybox)), listener);
        return read(BUSYBOX);
    }

    /** A program that needs libraries names its loader at its beginning; the images hold none. */
    private static boolean hasStaticBusybox() {
        if (!Files.exists(BUSYBOX)) {
            return false;
        }
        var program = read(BUSYBOX);
        var beginning = new String(program, 0, Math.min(program.length, LOADER_SEARCH), StandardCharsets.ISO_8859_1);
        return !beginning.contains("/ld-");
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new LocalFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
