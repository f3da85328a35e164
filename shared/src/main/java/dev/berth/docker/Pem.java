package dev.berth.docker;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Certificates and keys as PEM texts, read with the JDK alone. */
final class Pem {
    private static final Map<String, String> SIGNATURES =
            Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA", "EdDSA", "EdDSA");

    private Pem() {}

    /** @throws IllegalArgumentException if there is none */
    static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
        List<X509Certificate> found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no certificate in the PEM text");
        }
        return found;
    }

    /** @throws IllegalArgumentException if the text is no PKCS#8 key, or not the one of this certificate */
    static PrivateKey key(String pem, X509Certificate certificate) throws GeneralSecurityException {
        if (!pem.contains("BEGIN PRIVATE KEY")) {
            throw new IllegalArgumentException("the key must be an unencrypted PKCS#8 one (BEGIN PRIVATE KEY)");
        }
        String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
        PublicKey other = certificate.getPublicKey();
        PrivateKey key = KeyFactory.getInstance(other.getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        if (!belong(key, other)) {
            throw new IllegalArgumentException("the key is not the certificate's");
        }
        return key;
    }

    /** Finds out before the engine does, which would only close the connection: one of the two may be new already. */
    private static boolean belong(PrivateKey key, PublicKey other) throws GeneralSecurityException {
        Optional<String> algorithm = Optional.ofNullable(SIGNATURES.get(other.getAlgorithm()));
        if (algorithm.isEmpty()) {
            return true;
        }
        byte[] text = "whose key is it?".getBytes(StandardCharsets.US_ASCII);
        Signature signing = Signature.getInstance(algorithm.get());
        signing.initSign(key);
        signing.update(text);
        Signature verifying = Signature.getInstance(algorithm.get());
        verifying.initVerify(other);
        verifying.update(text);
        return verifying.verify(signing.sign());
    }
}
