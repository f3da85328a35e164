package dev.berth.local.docker;

import dev.berth.local.process.Commands;
import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where an engine keeps what it has. What is only for while it runs stands under /run, in short paths: a unix socket's has at most
 * 108 characters.
 *
 * @param id the directory's, in its processes' arguments and in the names of what it makes on this machine
 */
record EnginePlace(Path directory, String id) {

    private static final Path RUNTIME_ROOT = Path.of("/run/berth");

    static EnginePlace of(Path directory) {
        var absolute = directory.toAbsolutePath().normalize();
        return new EnginePlace(absolute, Hash.of(absolute.toString().getBytes(StandardCharsets.UTF_8)));
    }

    Path data() {
        return directory.resolve("data");
    }

    Path serverTls() {
        return directory.resolve("server");
    }

    Path clientTls() {
        return directory.resolve("tls");
    }

    Path log() {
        return directory.resolve("dockerd.log");
    }

    Path runtime() {
        return RUNTIME_ROOT.resolve(id);
    }

    Path pidFile() {
        return runtime().resolve("dockerd.pid");
    }

    /** Keeps the machine's own daemon.json away. */
    Path emptyConfiguration() {
        return runtime().resolve("daemon.json");
    }

    void prepare() {
        try {
            Files.createDirectories(data());
            Files.createDirectories(runtime());
            Files.writeString(emptyConfiguration(), "{}");
        } catch (IOException e) {
            throw new LocalFailure("The engine's folders cannot be made: " + e.getMessage(), e);
        }
    }

    /** After a SIGKILL the pids may be a zombie's or another process's, and dockerd would wait for it. */
    void forgetPids() {
        try {
            Files.deleteIfExists(pidFile());
            Files.deleteIfExists(runtime().resolve("containerd/containerd.pid"));
        } catch (IOException e) {
            throw new LocalFailure("An old pid file cannot be removed: " + e.getMessage(), e);
        }
    }

    /** Ends the processes, and undoes the mounts, of a daemon that is not there any more. */
    void clearLeftovers() {
        var leftovers = ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(id))
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process)))
                .toList();
        leftovers.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(leftovers.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, 5, TimeUnit.SECONDS)
                .join();
        mounts().reversed().forEach(mount -> Commands.run("umount", "--lazy", mount));
        deleteRuntime();
    }

    private List<String> mounts() {
        try (var lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.map(line -> line.split(" ", -1)[4])
                    .filter(mount ->
                            Path.of(mount).startsWith(data()) || Path.of(mount).startsWith(runtime()))
                    .toList();
        } catch (IOException e) {
            throw new LocalFailure("The mounts of this machine cannot be read: " + e.getMessage(), e);
        }
    }

    private void deleteRuntime() {
        if (Files.exists(runtime())) {
            Commands.run("rm", "-rf", "--one-file-system", runtime().toString());
        }
    }
}
