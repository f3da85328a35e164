package dev.berth.local.docker;

import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** A certificate authority made on the spot, and the certificates that it issues; EC P-256 keys throughout. */
public final class Certificates {

    private final String name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    private Certificates(String name, KeyPair keys, X509Certificate certificate) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
    }

    /**
     * What a certificate is to say.
     *
     * @param names its subject alternative names, DNS names and IP addresses; the first is its common name too
     */
    public record Request(List<String> names, boolean forServer, Instant notBefore, Instant notAfter) {

        /** For a server under these names, valid for a month from an hour ago. */
        public static Request server(String... names) {
            var now = Instant.now();
            return new Request(List.of(names), true, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(90)));
        }

        /** For a client of that name, valid for a month from an hour ago. */
        public static Request client(String name) {
            var now = Instant.now();
            return new Request(List.of(name), false, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(90)));
        }

        public Request validBetween(Instant from, Instant until) {
            return new Request(names, forServer, from, until);
        }
    }

    /** A certificate with its key and the authority's certificate, each as PEM; the key is PKCS#8. */
    public record Issued(String caPem, String certificatePem, String keyPem) {

        /** Writes ca.pem, cert.pem and key.pem (readable by the owner alone) into the folder, which is made where missing. */
        public Path writeTo(Path folder) {
            return writeTo(folder, "", caPem);
        }

        /** Writes next-cert.pem and next-key.pem beside what is there, as before a change to them. */
        public Path writeNextTo(Path folder) {
            return writeTo(folder, "next-", "");
        }

        /** Like {@link #writeTo(Path)}, trusting these authorities: PEM texts one after the other. */
        public Path writeTo(Path folder, String authorities) {
            return writeTo(folder, "", authorities);
        }

        private Path writeTo(Path folder, String prefix, String authorities) {
            try {
                Files.createDirectories(folder);
                if (!authorities.isEmpty()) {
                    Files.writeString(folder.resolve("ca.pem"), authorities);
                }
                Files.writeString(folder.resolve(prefix + "cert.pem"), certificatePem);
                var key = folder.resolve(prefix + "key.pem");
                Files.deleteIfExists(key);
                Files.createFile(
                        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(key, keyPem);
                return folder;
            } catch (IOException e) {
                throw new LocalFailure("Certificates cannot be written to " + folder + ": " + e.getMessage(), e);
            }
        }
    }

    /** A new authority, valid for a year from a day ago. */
    public static Certificates newAuthority(String name) {
        try {
            var keys = newKeys();
            var now = Instant.now();
            var builder =
                    builder(name, keys, name, keys, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(365)));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new Certificates(name, keys, signed(builder, keys));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new LocalFailure("A certificate authority cannot be made: " + e.getMessage(), e);
        }
    }

    public Issued issue(Request request) {
        try {
            var own = newKeys();
            var builder = builder(name, keys, request.names().getFirst(), own, request.notBefore(), request.notAfter());
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(
                            request.forServer() ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(request.names().stream()
                            .map(Certificates::subjectName)
                            .toArray(GeneralName[]::new)));
            var key = new JcaPKCS8Generator(own.getPrivate(), null);
            return new Issued(pem(certificate), pem(signed(builder, keys)), pem(key.generate()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new LocalFailure("A certificate cannot be made: " + e.getMessage(), e);
        }
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder builder(
            String issuer, KeyPair issuerKeys, String subject, KeyPair subjectKeys, Instant from, Instant until)
            throws GeneralSecurityException, IOException {
        var builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuer),
                new BigInteger(120, new SecureRandom()),
                Date.from(from),
                Date.from(until),
                new X500Name("CN=" + subject),
                subjectKeys.getPublic());
        var identifiers = new org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils();
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subjectKeys.getPublic()));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                identifiers.createAuthorityKeyIdentifier(issuerKeys.getPublic()));
        return builder;
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, KeyPair issuerKeys)
            throws GeneralSecurityException, OperatorCreationException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static GeneralName subjectName(String name) {
        return new GeneralName(IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static String pem(Object object) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
