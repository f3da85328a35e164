package dev.berth.docker;

import com.github.dockerjava.transport.SSLConfig;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Both ends prove who they are: the host by a certificate of exactly this CA, we by ours. Built from PEM with the JDK
 * alone. docker-java's own configurations either trust any server or fall back to plain HTTP when a file is missing.
 */
final class MutualTls implements SSLConfig {
    private final SSLContext context;

    private MutualTls(SSLContext context) {
        this.context = context;
    }

    /**
     * Reads ca.pem, cert.pem and key.pem (PKCS#8) of a folder.
     *
     * @throws OperationFailed {@code tls_failed} if one is missing or not what it should be
     */
    static MutualTls of(Path folder) {
        try {
            return new MutualTls(context(
                    Files.readAllBytes(folder.resolve("ca.pem")),
                    Files.readAllBytes(folder.resolve("cert.pem")),
                    Files.readString(folder.resolve("key.pem"))));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new OperationFailed(
                    ErrorCode.TLS_FAILED, "the host's TLS material cannot be used: " + e.getMessage(), e);
        }
    }

    private static SSLContext context(byte[] ca, byte[] cert, String key) throws GeneralSecurityException, IOException {
        Collection<X509Certificate> authorities = certificates(ca);
        Collection<X509Certificate> chain = certificates(cert);
        KeyStore trusted = emptyStore();
        for (X509Certificate authority : authorities) {
            trusted.setCertificateEntry(UUID.randomUUID().toString(), authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyStore own = emptyStore();
        own.setKeyEntry(
                "client",
                privateKey(key, chain.iterator().next().getPublicKey().getAlgorithm()),
                new char[0],
                chain.toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<X509Certificate> certificates(byte[] pem) throws GeneralSecurityException {
        List<X509Certificate> found =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no certificate in the PEM file");
        }
        return found;
    }

    private static PrivateKey privateKey(String pem, String algorithm) throws GeneralSecurityException {
        if (!pem.contains("BEGIN PRIVATE KEY")) {
            throw new IllegalArgumentException("key.pem must be an unencrypted PKCS#8 key (BEGIN PRIVATE KEY)");
        }
        String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance(algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    @Override
    public SSLContext getSSLContext() {
        return context;
    }
}
