package dev.berth.contract;

import dev.berth.local.docker.Certificates.Issued;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** Says over TLS, or without, that there is no such container, whatever it is asked. */
final class TlsServer implements AutoCloseable {
    private static final byte[] ANSWER =
            ("HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 18\r\n\r\n"
                            + "{\"message\":\"none\"}")
                    .getBytes(StandardCharsets.US_ASCII);

    private static final byte[] GARBAGE = "SSH-2.0-OpenSSH_9.6\r\n\0\1\2".getBytes(StandardCharsets.UTF_8);

    private final ServerSocket listening;
    private final Answering answer;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What follows a request; the connection is closed if it throws. */
    interface Answering {
        void answer(OutputStream out) throws IOException;
    }

    private TlsServer(ServerSocket listening, Answering answer) {
        this.listening = listening;
        this.answer = answer;
        Thread.ofVirtual().start(this::accept);
    }

    /** @param clients the PEM of the authority whose clients are let in */
    static TlsServer start(Issued own, String clients) throws IOException, GeneralSecurityException {
        return answering(own, clients, out -> out.write(ANSWER));
    }

    static TlsServer answering(Issued own, String clients, Answering answer)
            throws IOException, GeneralSecurityException {
        return start(own, clients, answer, "TLSv1.3", "TLSv1.2");
    }

    /** @param version of TLS that it speaks, and no other */
    static TlsServer speaking(Issued own, String clients, String version) throws IOException, GeneralSecurityException {
        return start(own, clients, out -> out.write(ANSWER), version);
    }

    private static TlsServer start(Issued own, String clients, Answering answer, String... versions)
            throws IOException, GeneralSecurityException {
        SSLServerSocket socket = (SSLServerSocket) context(own, clients)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(true);
        socket.setEnabledProtocols(versions);
        return new TlsServer(socket, answer);
    }

    static TlsServer withoutTls() throws IOException {
        return plain(out -> out.write(ANSWER));
    }

    /** Something else listens there. */
    static TlsServer sayingGarbage() throws IOException {
        return plain(out -> out.write(GARBAGE));
    }

    private static TlsServer plain(Answering answer) throws IOException {
        return new TlsServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
    }

    /** The requests that it could read: over TLS from whom it lets in, or plain ones. */
    Set<String> asked() {
        return asked;
    }

    /** How many connections were made to it. */
    int connections() {
        return open.size();
    }

    int port() {
        return listening.getLocalPort();
    }

    /** @param clients the PEM of the authority whose certificates are trusted */
    static SSLContext context(Issued own, String clients) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        String key =
                own.keyPem().replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
        keys.setKeyEntry(
                "server",
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))),
                new char[0],
                new Certificate[] {certificate(own.certificatePem())});
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
        keyManagers.init(keys, new char[0]);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("clients", certificate(clients));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Certificate certificate(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> answer(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket client) {
        try (client;
                OutputStream out = client.getOutputStream()) {
            byte[] request = new byte[8192];
            for (int n = client.getInputStream().read(request);
                    n > 0;
                    n = client.getInputStream().read(request)) {
                String text = new String(request, 0, n, StandardCharsets.ISO_8859_1);
                text.lines().filter(line -> line.contains(" HTTP/")).forEach(asked::add);
                answer.answer(out);
                out.flush();
            }
        } catch (IOException e) {
            // A client that is not let in, or has enough.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
