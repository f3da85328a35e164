package dev.berth.local.lambda;

import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a JVM keeps of a run for others to begin with: classes that are loaded and linked already (JEP 483 and 514). It stands beside
 * the functions' jar. Where there is none, the first sandbox records one and writes it when it ends, and those after it begin with it.
 * A JVM takes only what was recorded on its own class path, and says nothing if it does not: each class path has a cache of its own.
 */
public final class AotCache {

    /** Without it a JVM tells at length about each class that it cannot keep. */
    private static final String SILENT = "-Xlog:disable";

    private final List<Path> classPath;
    private final Path file;
    private final AtomicBoolean recorded = new AtomicBoolean();

    private AotCache(List<Path> classPath, Path file) {
        this.classPath = classPath;
        this.file = file;
    }

    /**
     * The cache for a class path, to which the runtime client is added as always; it stands beside the first jar. Empty if a folder is a
     * part of that, which no cache can have.
     */
    public static Optional<AotCache> of(List<Path> classPath) {
        if (classPath.isEmpty() || !classPath.stream().allMatch(Files::isRegularFile)) {
            return Optional.empty();
        }
        var jar = classPath.getFirst();
        var code = jar.getFileName().toString().replaceFirst("\\.jar$", "");
        var whole = RuntimeClient.classPath(classPath).hashCode();
        var name = "%s-%s-%08x.aot".formatted(code, Runtime.version(), whole);
        return Optional.of(new AotCache(classPath, jar.resolveSibling(name)));
    }

    /** What one JVM has to do with the cache: nothing, or its flags, and the file that it writes when it ends. */
    record Part(List<String> flags, Optional<Path> written) {
        static final Part NONE = new Part(List.of(), Optional.empty());
    }

    /** The part of the next JVM. */
    Part next() {
        if (isFresh()) {
            return new Part(List.of("-XX:AOTCache=" + file, SILENT), Optional.empty());
        }
        if (recorded.compareAndSet(false, true)) {
            var written = file.resolveSibling(
                    file.getFileName() + "." + ProcessHandle.current().pid());
            return new Part(List.of("-XX:AOTCacheOutput=" + written, SILENT), Optional.of(written));
        }
        return Part.NONE;
    }

    /** Puts what a JVM has written in its place, all at once: others may be reading what was there before. */
    void keep(Path written) {
        try {
            if (Files.exists(written)) {
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new LocalFailure(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private boolean isFresh() {
        return Files.exists(file) && classPath.stream().noneMatch(jar -> isNewer(jar, file));
    }

    private static boolean isNewer(Path one, Path other) {
        try {
            return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other)) > 0;
        } catch (IOException e) {
            throw new LocalFailure(one + " cannot be read: " + e.getMessage(), e);
        }
    }
}
