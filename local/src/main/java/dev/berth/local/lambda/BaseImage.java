package dev.berth.local.lambda;

import dev.berth.local.docker.Engine;
import dev.berth.local.docker.Packages;
import dev.berth.local.docker.Packages.Program;
import dev.berth.local.process.Commands;
import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A look-alike of the image in which AWS runs Java functions, for where no registry can be reached: the C library and a shell of
 * this Debian, this JVM's JDK in /var/lang, and Lambda's runtime client in /var/runtime, begun by a bootstrap as there.
 */
public final class BaseImage {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What a JDK needs of Debian, beside the static busybox. */
    private static final List<String> PACKAGES =
            List.of("libc6", "libgcc-s1", "libstdc++6", "zlib1g", "busybox-static");

    /** The commands of a Dockerfile's RUN. */
    private static final List<String> COMMANDS = List.of("sh", "mv", "chmod");

    private static final List<String> CHANGES = List.of(
            "WORKDIR /var/task",
            "ENV PATH=/var/lang/bin:/bin LANG=C.UTF-8 LAMBDA_TASK_ROOT=/var/task LAMBDA_RUNTIME_DIR=/var/runtime");

    private static final String BOOTSTRAP = """
            #!/bin/sh
            exec /var/lang/bin/java -XX:MaxRAMPercentage=85 -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \\
              --enable-native-access=ALL-UNNAMED \\
              -cp '/var/runtime/lib/*:/var/task:/var/task/lib/*' %s "$_HANDLER"
            """.formatted(RuntimeClient.MAIN_CLASS);

    private BaseImage() {}

    /** Why it cannot be made on this machine; empty if it can. */
    public static Optional<String> refusal() {
        return Commands.find("dpkg").isPresent()
                ? Optional.empty()
                : Optional.of("A look-alike of Lambda's image can be made on Debian and its kin only.");
    }

    /**
     * Makes the image on an engine, within a few seconds.
     *
     * @param reference the name that it gets there
     * @param folder for what it is made of, some 300 MB
     * @throws LocalFailure if this is no Debian, or a package is missing and cannot be installed
     */
    public static void importInto(Engine engine, String reference, Path folder) {
        refusal().ifPresent(why -> {
            throw new LocalFailure(why);
        });
        Packages.ensure(List.of(new Program("busybox", "busybox-static")), _ -> {});
        var archive = folder.resolve("image.tar");
        try (var api = engine.api()) {
            pack(archive, runtime(folder.resolve("runtime")), debian(folder.resolve("debian")));
            api.importImage(reference, BodyPublishers.ofFile(archive), CHANGES);
            Files.delete(archive);
        } catch (IOException e) {
            throw new LocalFailure("The image cannot be made in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** /bin and /var/runtime. */
    private static Path runtime(Path root) throws IOException {
        var bin = Files.createDirectories(root.resolve("bin"));
        for (var command : COMMANDS) {
            Files.createSymbolicLink(bin.resolve(command), Path.of("busybox"));
        }
        var lib = Files.createDirectories(root.resolve("var/runtime/lib"));
        for (var jar : RuntimeClient.jars().toList()) {
            Files.copy(jar, lib.resolve(jar.getFileName()));
        }
        var bootstrap = Files.writeString(root.resolve("var/runtime/bootstrap"), BOOTSTRAP);
        Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(root.resolve("tmp"));
        Files.createDirectories(root.resolve("opt"));
        return root;
    }

    /** A list of the packages' files, without what is for people. */
    private static Path debian(Path list) throws IOException {
        var installed = new ArrayList<>(List.of("dpkg", "--listfiles"));
        installed.addAll(PACKAGES);
        var files = Commands.run(LIMIT, installed)
                .lines()
                .filter(line -> line.startsWith("/") && !line.startsWith("/usr/share/"))
                .filter(line -> Files.isRegularFile(Path.of(line)))
                .sorted()
                .distinct()
                .toList();
        return Files.write(list, files);
    }

    private static void pack(Path archive, Path runtime, Path debian) {
        // Links are followed: a file system of a few packages has not all that they lead to.
        tar("--create", archive, "--dereference", "--absolute-names", "--transform=s,^/,,", "--files-from=" + debian);
        tar(
                "--append",
                archive,
                "--dereference",
                "--directory=" + System.getProperty("java.home"),
                "--transform=s,^,var/lang/,",
                "--exclude=lib/src.zip",
                "--exclude=lib/ct.sym",
                "bin",
                "conf",
                "lib",
                "release");
        tar("--append", archive, "--directory=" + runtime, "bin", "var", "tmp", "opt");
    }

    private static void tar(String what, Path archive, String... arguments) {
        var command = new ArrayList<>(List.of("tar", what, "--file=" + archive));
        command.addAll(List.of(arguments));
        Commands.run(LIMIT, command);
    }
}
