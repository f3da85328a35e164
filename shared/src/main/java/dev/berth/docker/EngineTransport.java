package dev.berth.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import dev.berth.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to an engine, over TLS and nothing else, through a pool of connections. docker-java's own looks up names in a
 * place where nobody can look at what they lead to, and speaks plain HTTP where it gets no certificates.
 */
final class EngineTransport implements DockerHttpClient {
    private final HttpHost host;
    private final CloseableHttpClient http;

    /** @param names how the endpoint's name is looked up for each new connection */
    EngineTransport(URI endpoint, SSLContext tls, DnsResolver names) {
        this.host = new HttpHost("https", endpoint.getHost(), endpoint.getPort());
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(names)
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                        .setMaxConnTotal(DockerHosts.CONNECTIONS)
                        .setMaxConnPerRoute(DockerHosts.CONNECTIONS)
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setHandshakeTimeout(Timeout.of(Limits.CONNECT))
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(Limits.CONNECT))
                                // A look at an idle connection costs more than a call that finds it closed.
                                .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        // Per read; the total limit of each call is TimeLimit's. Longer than a stop may be silent.
                        .setResponseTimeout(Timeout.of(
                                Limits.MAX_GRACE.plus(Limits.STOP_EXTRA).plus(Limits.STOP_EXTRA)))
                        .build())
                // All calls are ours: a connection on which a certificate was shown is not for one of them alone.
                .disableConnectionState()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    @Override
    public Response execute(Request request) {
        HttpUriRequestBase asked = new HttpUriRequestBase(request.method(), URI.create(request.path()));
        request.headers().forEach(asked::addHeader);
        if (request.bodyBytes() != null) {
            asked.setEntity(new ByteArrayEntity(request.bodyBytes(), null));
        } else if (request.body() != null) {
            asked.setEntity(new InputStreamEntity(request.body(), null));
        }
        try {
            return new Answer(asked, http.executeOpen(host, asked, HttpCoreContext.create()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    /** An answer, perhaps one that goes on and on. */
    private record Answer(HttpUriRequestBase request, ClassicHttpResponse response) implements Response {
        @Override
        public int getStatusCode() {
            return response.getCode();
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return Arrays.stream(response.getHeaders())
                    .collect(Collectors.groupingBy(
                            Header::getName, Collectors.mapping(Header::getValue, Collectors.toList())));
        }

        @Override
        public @Nullable String getHeader(String name) {
            return Optional.ofNullable(response.getFirstHeader(name))
                    .map(Header::getValue)
                    .orElse(null);
        }

        @Override
        public InputStream getBody() {
            try {
                return response.getEntity() == null
                        ? InputStream.nullInputStream()
                        : response.getEntity().getContent();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Breaks off what was not read to its end: a stream may have none. */
        @Override
        public void close() {
            request.abort();
            try {
                response.close();
            } catch (IOException unread) {
                // It is not wanted any more.
            }
        }
    }
}
