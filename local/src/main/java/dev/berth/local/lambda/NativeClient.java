package dev.berth.local.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The native part of Lambda's runtime client. Left to itself, each JVM unpacks it into one file in /tmp that all JVMs of the machine
 * share, and dies when another one replaces it just then.
 */
final class NativeClient {

    /** Tells the runtime client where it is unpacked already. */
    static final String PROPERTY = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private NativeClient() {}

    /**
     * Unpacks it into a folder, all at once: a JVM that loads it meanwhile keeps the file that it has.
     *
     * @throws LocalFailure if it cannot be written
     */
    static Path unpack(Path folder) {
        var file = folder.resolve("native-client.so");
        try (var library = AWSLambda.class.getResourceAsStream("/jni/libaws-lambda-jni." + platform() + ".so")) {
            if (library == null) {
                throw new LocalFailure("Lambda's runtime client does not run on " + platform() + ".");
            }
            Files.createDirectories(folder);
            var whole = Files.createTempFile(folder, "native-client", ".new");
            Files.copy(library, whole, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LocalFailure(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static String platform() {
        var isArm = System.getProperty("os.arch").equals("aarch64");
        var isMusl = Files.exists(Path.of("/lib/ld-musl-" + (isArm ? "aarch64" : "x86_64") + ".so.1"));
        return (isMusl ? "linux_musl" : "linux") + (isArm ? "-aarch_64" : "-x86_64");
    }
}
