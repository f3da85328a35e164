package dev.berth.docker;

import dev.berth.docker.TlsMaterial.Pair;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Both ends prove who they are: the host by a certificate of exactly its authorities, we by ours. Built with the JDK
 * alone. docker-java's own configurations either trust any server or fall back to plain HTTP when a file is missing.
 */
final class MutualTls {
    private static final char[] NO_PASSWORD = {};

    private final SSLContext context;
    private final ServerTrust trust;
    private final ClientKeys keys;

    private MutualTls(SSLContext context, ServerTrust trust, ClientKeys keys) {
        this.context = context;
        this.trust = trust;
        this.keys = keys;
    }

    /** @throws OperationFailed {@code tls_failed} if a piece is not what it should be; the text names it */
    static MutualTls of(TlsMaterial material) {
        try {
            ServerTrust trust = trust(material.ca());
            ClientKeys keys = keys(Stream.concat(Stream.of(material.current()), material.next().stream())
                    .toList());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
            return new MutualTls(context, trust, keys);
        } catch (IOException | GeneralSecurityException e) {
            throw failed("context", e);
        }
    }

    private static ServerTrust trust(String ca) throws IOException, GeneralSecurityException {
        KeyStore trusted = emptyStore();
        try {
            List<X509Certificate> authorities = Pem.certificates(ca);
            for (int i = 0; i < authorities.size(); i++) {
                trusted.setCertificateEntry("authority-" + i, authorities.get(i));
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw failed("ca", e);
        }
        return ServerTrust.of(trusted);
    }

    private static ClientKeys keys(List<Pair> pairs) throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        List<X509Certificate> own = new ArrayList<>();
        for (Pair pair : pairs) {
            try {
                List<X509Certificate> chain = Pem.certificates(pair.certificate());
                PrivateKey key = Pem.key(pair.key(), chain.getFirst());
                store.setKeyEntry("client-" + own.size(), key, NO_PASSWORD, chain.toArray(Certificate[]::new));
                own.add(chain.getFirst());
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw failed(pair.name() + " with its key", e);
            }
        }
        return ClientKeys.of(store, own);
    }

    /** Of the plainest type: it never leaves this process, and PKCS #12 encrypts each private key in it, in 10,000 rounds. */
    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        return store;
    }

    private static OperationFailed failed(String what, Exception why) {
        return new OperationFailed(
                ErrorCode.TLS_FAILED, "the host's TLS material cannot be used: " + what + ": " + why.getMessage(), why);
    }

    SSLContext context() {
        return context;
    }

    /** When the first certificate ends: the one that we show, or the one that the server has shown last. */
    Instant certificatesEnd() {
        Instant ours = keys.end();
        return trust.end().filter(theirs -> theirs.isBefore(ours)).orElse(ours);
    }
}
