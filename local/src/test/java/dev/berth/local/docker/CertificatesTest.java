package dev.berth.local.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.docker.Certificates.Request;
import dev.berth.local.process.LocalFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SignatureException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificatesTest {

    private final Certificates authority = Certificates.newAuthority("test");

    @TempDir
    Path folder;

    @Test
    void issuesServerCertificatesForNamesAndAddresses() throws Exception {
        authority.issue(Request.server("localhost", "127.0.0.1")).writeTo(folder);

        var certificate = read("cert.pem");
        certificate.verify(read("ca.pem").getPublicKey());
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(read("ca.pem").getBasicConstraints()).isNotNegative();
    }

    @Test
    void issuesClientCertificates() throws Exception {
        authority.issue(Request.client("berth")).writeTo(folder);

        assertThat(read("cert.pem").getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(Tls.of(folder)).isNotNull();
    }

    @Test
    void keepsKeysFromOthers() throws Exception {
        authority.issue(Request.client("berth")).writeTo(folder);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key.pem"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("key.pem"))).startsWith("-----BEGIN PRIVATE KEY-----");
    }

    @Test
    void writesTheNextCertificateBesideTheCurrentOne() throws Exception {
        authority.issue(Request.client("current")).writeTo(folder);
        authority.issue(Request.client("next")).writeNextTo(folder);

        assertThat(read("cert.pem").getSubjectX500Principal().getName()).isEqualTo("CN=current");
        assertThat(read("next-cert.pem").getSubjectX500Principal().getName()).isEqualTo("CN=next");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("next-key.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void issuesExpiredCertificatesOnRequest() throws Exception {
        var yesterday = Instant.now().minus(Duration.ofDays(1));
        authority
                .issue(Request.client("late").validBetween(yesterday.minus(Duration.ofDays(1)), yesterday))
                .writeTo(folder);

        assertThatThrownBy(() -> read("cert.pem").checkValidity()).isInstanceOf(CertificateExpiredException.class);
    }

    @Test
    void otherAuthoritiesOfTheSameNameAreNotTheSame() throws Exception {
        authority.issue(Request.client("berth")).writeTo(folder);
        var other =
                Certificates.newAuthority("test").issue(Request.client("berth")).writeTo(folder.resolve("other"));

        assertThatThrownBy(() -> read("cert.pem")
                        .verify(certificate(other.resolve("ca.pem")).getPublicKey()))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void saysWhichFolderHoldsNoCertificates() {
        assertThatThrownBy(() -> Tls.of(folder.resolve("none")))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("none");
    }

    private X509Certificate read(String file) throws Exception {
        return certificate(folder.resolve(file));
    }

    private static X509Certificate certificate(Path file) throws Exception {
        try (var input = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(input);
        }
    }
}
