package dev.berth.docker;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts exactly some authorities, as the JDK does, and remembers the certificate that was trusted last. */
final class ServerTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager trust;
    private volatile Optional<X509Certificate> last = Optional.empty();

    private ServerTrust(X509ExtendedTrustManager trust) {
        this.trust = trust;
    }

    static ServerTrust of(KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(authorities);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .map(ServerTrust::new)
                .findFirst()
                .orElseThrow();
    }

    /** When the certificate ends that a server has shown last; empty before a connection. */
    Optional<Instant> end() {
        return last.map(shown -> shown.getNotAfter().toInstant());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String how, Socket socket) throws CertificateException {
        trust.checkServerTrusted(chain, how, socket);
        last = Optional.of(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String how, SSLEngine engine) throws CertificateException {
        trust.checkServerTrusted(chain, how, engine);
        last = Optional.of(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String how) throws CertificateException {
        trust.checkServerTrusted(chain, how);
        last = Optional.of(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String how, Socket socket) throws CertificateException {
        trust.checkClientTrusted(chain, how, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String how, SSLEngine engine) throws CertificateException {
        trust.checkClientTrusted(chain, how, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String how) throws CertificateException {
        trust.checkClientTrusted(chain, how);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
