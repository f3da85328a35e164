package dev.berth.contract;

import dev.berth.local.docker.Certificates.Issued;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that our own authority would never issue, each by one that is trusted. */
final class OddCertificates {
    /** A certificate with its key. */
    private record Owned(X509Certificate certificate, KeyPair keys) {}

    private final Owned authority = issued("odd", Optional.empty(), Optional.empty(), true);

    String caPem() {
        return pem(authority.certificate());
    }

    /** It tells its name in its subject alone, as certificates did long ago. */
    Issued withoutAlternativeName() {
        return issuedBy(authority, Optional.empty());
    }

    /** By an authority between the trusted one and it, which the server does not show. */
    Issued byAnAuthorityThatIsNotShown() {
        return issuedBy(issued("between", Optional.empty(), Optional.of(authority), true), Optional.of("127.0.0.1"));
    }

    /** By nobody but itself. */
    Issued bySelf() {
        return written(issued("127.0.0.1", Optional.of("127.0.0.1"), Optional.empty(), false));
    }

    /** By somebody who may not issue any. */
    Issued byNoAuthority() {
        return issuedBy(
                issued("neighbour", Optional.of("neighbour"), Optional.of(authority), false), Optional.of("127.0.0.1"));
    }

    private Issued issuedBy(Owned issuer, Optional<String> name) {
        return written(issued("127.0.0.1", name, Optional.of(issuer), false));
    }

    private Issued written(Owned owned) {
        try {
            return new Issued(
                    caPem(),
                    pem(owned.certificate()),
                    pem(new JcaPKCS8Generator(owned.keys().getPrivate(), null).generate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Owned issued(String subject, Optional<String> name, Optional<Owned> by, boolean authority) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    by.map(issuer -> new X500Name(issuer.certificate()
                                    .getSubjectX500Principal()
                                    .getName()))
                            .orElseGet(() -> new X500Name("CN=" + subject)),
                    BigInteger.valueOf(now.toEpochMilli()),
                    Date.from(now.minus(Duration.ofHours(1))),
                    Date.from(now.plus(Duration.ofDays(1))),
                    new X500Name("CN=" + subject),
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (name.isPresent()) {
                int kind = name.get().equals("127.0.0.1") ? GeneralName.iPAddress : GeneralName.dNSName;
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(kind, name.get())));
            }
            KeyPair signing = by.map(Owned::keys).orElse(keys);
            return new Owned(
                    new JcaX509CertificateConverter()
                            .getCertificate(builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(signing.getPrivate()))),
                    keys);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a certificate cannot be made", e);
        }
    }

    private static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
