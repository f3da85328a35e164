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
    private static final int PT_INTERP_SEARCH = 8_192;

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
     * Makes the images on an engine.
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
        api.importImage(reference, files.bytes(), List.of("CMD [\"/game.sh\"]", "EXPOSE 8080", "ENV PATH=/bin"));
        return reference;
    }

    private static byte[] busybox(Consumer<String> listener) {
        try {
            if (!Files.exists(BUSYBOX) || !isStatic(Files.readAllBytes(BUSYBOX))) {
                Packages.ensure(List.of(new Program("a static busybox", "busybox-static")), listener);
            }
            return Files.readAllBytes(BUSYBOX);
        } catch (IOException e) {
            throw new LocalFailure(BUSYBOX + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A program that needs libraries names its loader at its beginning; the images hold none. */
    private static boolean isStatic(byte[] program) {
        var beginning = new String(program, 0, Math.min(program.length, PT_INTERP_SEARCH), StandardCharsets.ISO_8859_1);
        return !beginning.contains("/ld-");
    }
}
