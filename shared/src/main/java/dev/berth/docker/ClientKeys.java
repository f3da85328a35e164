package dev.berth.docker;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Our certificates, the current and perhaps the next one. An engine names the authorities that it trusts; of what is
 * theirs, the certificate is shown that is valid now, and of several such the one that ends last.
 */
final class ClientKeys extends X509ExtendedKeyManager {
    private final X509ExtendedKeyManager keys;
    private final List<X509Certificate> own;
    private volatile Optional<X509Certificate> shown = Optional.empty();

    private ClientKeys(X509ExtendedKeyManager keys, List<X509Certificate> own) {
        this.keys = keys;
        this.own = own;
    }

    /** @param own the certificates of the store */
    static ClientKeys of(KeyStore store, List<X509Certificate> own) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        return Arrays.stream(factory.getKeyManagers())
                .filter(X509ExtendedKeyManager.class::isInstance)
                .map(X509ExtendedKeyManager.class::cast)
                .map(manager -> new ClientKeys(manager, own))
                .findFirst()
                .orElseThrow();
    }

    /** When the certificate ends that was shown last; before a connection, the one that would be. */
    Instant end() {
        return ending(shown.or(() -> own.stream().max(preference())).orElseThrow());
    }

    private @Nullable String choose(String[] keyTypes, Principal @Nullable [] issuers) {
        Comparator<X509Certificate> preference = preference();
        Optional<String> best = Arrays.stream(keyTypes)
                .flatMap(type -> Stream.ofNullable(keys.getClientAliases(type, issuers)))
                .flatMap(Arrays::stream)
                .max(Comparator.comparing(this::certificate, preference));
        best.ifPresent(alias -> shown = Optional.of(certificate(alias)));
        return best.orElse(null);
    }

    private X509Certificate certificate(String alias) {
        return keys.getCertificateChain(alias)[0];
    }

    private static Comparator<X509Certificate> preference() {
        Instant now = Instant.now();
        return Comparator.<X509Certificate, Boolean>comparing(certificate ->
                        !now.isBefore(certificate.getNotBefore().toInstant()) && now.isBefore(ending(certificate)))
                .thenComparing(ClientKeys::ending);
    }

    private static Instant ending(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return choose(keyTypes, issuers);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        return choose(keyTypes, issuers);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return keys.getClientAliases(keyType, issuers);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return keys.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys.getPrivateKey(alias);
    }

    /** We are no server. */
    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
