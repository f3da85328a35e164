package dev.berth.local.aws;

import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.net.InetSocketAddress;
import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/** S3 in this process and in memory, by S3Proxy; it listens on one address alone. */
public final class S3InMemory implements AutoCloseable {

    private final S3Proxy server;
    private final BlobStore buckets;
    private final URI endpoint;

    private S3InMemory(S3Proxy server, BlobStore buckets, URI endpoint) {
        this.server = server;
        this.buckets = buckets;
        this.endpoint = endpoint;
    }

    /** On a port of the loopback address: see {@link #start(InetSocketAddress)}. */
    public static S3InMemory start(int port) {
        return start(Ports.loopback(port));
    }

    /**
     * Starts it and returns when it listens.
     *
     * @param at where to listen, with a port or {@link Ports#ANY}
     * @throws LocalFailure if the port is taken
     */
    public static S3InMemory start(InetSocketAddress at) {
        var endpoint = URI.create("http://" + at.getHostString() + ":" + Ports.reserve(at, "S3"));
        var buckets = new TransientNio2BlobStore();
        var server = S3Proxy.builder()
                .endpoint(endpoint)
                .blobStore(buckets)
                .awsAuthentication(AuthenticationType.NONE, LocalClients.CREDENTIAL, LocalClients.CREDENTIAL)
                // It would wait for connections that nobody uses.
                .stopTimeout(0)
                .build();
        try {
            server.start();
            return new S3InMemory(server, buckets, endpoint);
        } catch (Exception e) {
            throw new LocalFailure("S3 did not start at " + endpoint + ": " + e.getMessage(), e);
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /** Makes a bucket. There is no need for a client, which would take longer to start than the server. */
    public void make(String bucket) {
        buckets.createContainer(CreateBucketRequest.builder().bucket(bucket).build());
    }

    /** Ends it with everything in its buckets. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new LocalFailure("S3 did not end at " + endpoint + ": " + e.getMessage(), e);
        }
    }
}
