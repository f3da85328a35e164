package dev.berth.local.docker;

import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * As long as it is open, all engines of this machine trust a registry whose certificate this authority has issued. Docker
 * reads it at each pull, from a folder that no setting moves; writing there needs root.
 */
public final class RegistryTrust implements AutoCloseable {

    private static final Path CERTIFICATES = Path.of("/etc/docker/certs.d");
    private static final String AUTHORITY = "ca.crt";

    private final Path folder;

    private RegistryTrust(Path folder) {
        this.folder = folder;
    }

    /**
     * @param registry address and port, as they stand in a reference
     * @throws LocalFailure if the authority cannot be written down
     */
    public static RegistryTrust in(String registry, String authorityPem) {
        var folder = CERTIFICATES.resolve(registry);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(AUTHORITY), authorityPem);
        } catch (IOException e) {
            throw new LocalFailure(folder + " cannot be written: " + e.getMessage(), e);
        }
        return new RegistryTrust(folder);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder.resolve(AUTHORITY));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new LocalFailure(folder + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
