package dev.berth.local.docker;

import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Mutual TLS from a folder with ca.pem, cert.pem and key.pem. */
final class Tls {

    private static final char[] NO_PASSWORD = {};

    private Tls() {}

    /** Shows the folder's certificate and trusts only those of its authority; for either side of a connection. */
    static SSLContext of(Path folder) {
        try {
            var own = emptyStore();
            own.setKeyEntry(
                    "own", privateKey(folder), NO_PASSWORD, new Certificate[] {certificate(folder.resolve("cert.pem"))
                    });
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            var trusted = emptyStore();
            trusted.setCertificateEntry("authority", certificate(folder.resolve("ca.pem")));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new LocalFailure("The certificates in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Of the plainest type: it never leaves this process, and PKCS #12 encrypts each private key in it, in 10,000 rounds. */
    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("JKS");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Certificate certificate(Path file) throws GeneralSecurityException, IOException {
        try (var input = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(input);
        }
    }

    private static java.security.PrivateKey privateKey(Path folder) throws GeneralSecurityException, IOException {
        var base64 = Files.readString(folder.resolve("key.pem")).replaceAll("-----[^-]+-----", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }
}
