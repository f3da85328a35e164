package dev.berth.contract;

import dev.berth.docker.ConfigLogins;
import dev.berth.local.docker.Certificates;
import dev.berth.local.docker.Certificates.Request;
import dev.berth.local.docker.EngineApi;
import dev.berth.local.docker.LocalRegistry;
import dev.berth.local.docker.LocalRegistry.Account;
import dev.berth.local.docker.RegistryTrust;
import dev.berth.model.ImageRef;
import dev.berth.port.RegistryLogins;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A registry with TLS and a password that an engine trusts, and a front before it from which images are pulled. */
final class SecuredRegistry implements AutoCloseable {
    private static final Account ACCOUNT = new Account("berth", "open:sesame");
    private static final int SIZE = 2 << 20;

    private final EngineApi api;
    private final LocalRegistry registry;
    private final RegistryTrust trust;
    private final RegistryTrust frontTrust;
    private final Certificates authority = Certificates.newAuthority("registries");
    final RegistryFront front;

    SecuredRegistry(LocalEngine local) throws IOException, GeneralSecurityException {
        String address = local.engine.address();
        api = local.engine.api();
        registry = LocalRegistry.startSecured(
                LocalStore.temporary("berth-registry"), address, authority, ACCOUNT, _ -> {});
        var certificate = authority.issue(Request.server(address));
        front = new RegistryFront(registry.name(), address, certificate);
        trust = RegistryTrust.in(registry.name(), certificate.caPem());
        frontTrust = RegistryTrust.in(front.name(), certificate.caPem());
    }

    /** Of whoever may pull. */
    RegistryLogins logins() {
        return login(ACCOUNT.password());
    }

    RegistryLogins login(String password) {
        String config = """
                {"auths": {"%s": {"username": "%s", "password": "%s"}}}
                """.formatted(front.name(), ACCOUNT.user(), password);
        return new ConfigLogins(() -> Optional.of(config));
    }

    /** Pushes an image that was never there before, and lets the engine forget it. */
    ImageRef push(String repositoryAndTag) {
        String local = "berth-test/" + repositoryAndTag;
        api.importImage(local, randomFile(), List.of("CMD [\"/content\"]"));
        api.push(local, registry.reference(repositoryAndTag), ACCOUNT);
        api.send("DELETE", "/images/" + local, "");
        return reference(repositoryAndTag);
    }

    ImageRef reference(String repositoryAndTag) {
        return new ImageRef(front.name() + "/" + repositoryAndTag);
    }

    private static byte[] randomFile() {
        byte[] content = new byte[SIZE];
        new Random().nextBytes(content);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry("content");
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** From now on the engine does not know the authority of the certificate any more. */
    void distrust() {
        frontTrust.close();
    }

    @Override
    public void close() {
        try (api;
                registry;
                trust;
                frontTrust) {
            front.close();
        }
    }
}
