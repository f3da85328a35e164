package dev.berth.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
final class EngineTransportTest {
    private static final Request REQUEST = Request.builder()
            .method(Request.Method.GET)
            .path("/_ping")
            .headers(Map.of())
            .build();

    private final ServerSocket engine;

    EngineTransportTest() throws IOException {
        engine = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        engine.setSoTimeout(100);
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
    }

    private EngineTransport transport(String... addresses) throws NoSuchAlgorithmException {
        return new EngineTransport(
                URI.create("tcp://engine.example:" + engine.getLocalPort()),
                SSLContext.getDefault(),
                new GuardedNames(new Names(List.of(addresses))));
    }

    /** Everything is called the same. */
    private record Names(List<String> addresses) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) {
            return addresses.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }
    }

    /** The first address is where somebody listens. */
    @ParameterizedTest
    @ValueSource(
            strings = {"169.254.169.254", "fe80::1", "fd00:ec2::254", "100.100.100.200", "0.0.0.0", "::", "224.0.0.1"})
    void noSocketIsOpenedToANameThatLeadsWhereNoneMayBe(String other) throws Exception {
        try (EngineTransport transport = transport("127.0.0.1", other)) {
            assertThatExceptionOfType(OperationFailed.class)
                    .isThrownBy(() -> transport.execute(REQUEST))
                    .withMessageContaining("endpoint")
                    .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.HOST_UNREACHABLE));
        }
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(engine::accept);
    }

    @Test
    void aSocketIsOpenedToANameThatLeadsToAnEngine() throws Exception {
        try (EngineTransport transport = transport("127.0.0.1")) {
            Thread.ofVirtual().start(() -> assertThatThrownBy(() -> transport.execute(REQUEST)));
            engine.accept().close();
        }
    }
}
