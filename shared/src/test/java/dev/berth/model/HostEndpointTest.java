package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostEndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://localhost:2376",
                "tcp://LocalHost:2376",
                "tcp://a:1",
                "tcp://engine-1:2376",
                "tcp://engine-1.example:65535",
                "tcp://10-0-0-1.internal.example:2376",
                "tcp://1.engines.example:2376",
                "tcp://xn--bcher-kva.example:2376",
                "tcp://127.0.0.1:2376",
                "tcp://127.1.2.3:2376",
                "tcp://10.0.0.1:2376",
                "tcp://172.16.0.9:2376",
                "tcp://192.168.1.1:2376",
                "tcp://100.64.0.1:2376",
                "tcp://203.0.113.7:2376",
                "tcp://169.253.0.1:2376",
                "tcp://169.255.0.1:2376",
                "tcp://223.255.255.255:2376",
                "tcp://255.255.255.254:2376",
                "tcp://100.100.100.201:2376",
                "tcp://[::1]:2376",
                "tcp://[2001:db8::1]:2376",
                "tcp://[fd00:ec2::253]:2376",
                "tcp://[fec0::1]:2376",
                "tcp://[64:ff9b::a00:1]:2376",
                "tcp://[2002:a00:1::]:2376",
            })
    void aHostMayBeAtANameOrAnAddress(String endpoint) {
        assertThat(HostEndpoint.refusal(endpoint)).isEmpty();
        assertThatNoException().isThrownBy(() -> host(endpoint));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // not that form
                "",
                "tcp",
                "tcp:",
                "tcp://",
                "tcp:///",
                "tcp://:2376",
                "tcp://engine",
                "tcp://engine:",
                "tcp://engine:0",
                "tcp://engine:65536",
                "tcp://engine:99999999999",
                "tcp://engine:-1",
                "tcp://engine:+2376",
                "tcp://engine:02376",
                "tcp://engine:port",
                "tcp://engine: 2376",
                " tcp://engine:2376",
                "tcp://engine:2376 ",
                "tcp://engine:2376\n",
                "tcp://engine:2376/",
                "tcp://engine:2376/v1.41",
                "tcp://engine:2376?tls=0",
                "tcp://engine:2376?",
                "tcp://engine:2376#",
                "tcp://engine:2376#2",
                "tcp://user@engine:2376",
                "tcp://user:word@engine:2376",
                "tcp://@engine:2376",
                "tcp://127.0.0.1:2376@169.254.169.254:80",
                "tcp://engine:2376\\@169.254.169.254:80",
                "tcp:engine:2376",
                "//engine:2376",
                "engine:2376",
                "TCP://engine:2376",
                "http://engine:2375",
                "https://engine:2376",
                "unix:///var/run/docker.sock",
                "npipe:////./pipe/docker_engine",
                "ssh://engine:22",
                "fd://",
                "tcp://-engine:2376",
                "tcp://engine-:2376",
                "tcp://my_engine:2376",
                "tcp://engine..example:2376",
                "tcp://.engine:2376",
                "tcp://engine.:2376",
                "tcp://engine%2eexample:2376",
                "tcp://b\u00fccher.example:2376",
                "tcp://[engine]:2376",
                "tcp://::1:2376",
                // other spellings of numbers
                "tcp://2852039166:80",
                "tcp://0xA9FEA9FE:80",
                "tcp://0xa9.0xfe.0xa9.0xfe:80",
                "tcp://0251.0376.0251.0376:80",
                "tcp://025177524776:80",
                "tcp://0251.254.169.254:80",
                "tcp://169.254.169.0254:80",
                "tcp://169.254.43518:80",
                "tcp://169.16689662:80",
                "tcp://169.254.169.254.:80",
                "tcp://127.1:2376",
                "tcp://0177.0.0.1:2376",
                "tcp://0x7f.1:2376",
                "tcp://1:2376",
                "tcp://0:2376",
                "tcp://256.0.0.1:2376",
                "tcp://1.2.3:2376",
                "tcp://1.2.3.4.5:2376",
                "tcp://\uff11\uff16\uff19.254.169.254:80",
                "tcp://%31%36%39.254.169.254:80",
                "tcp://\u2460\u2461\u2466.0.0.1:80",
                // link-local and metadata
                "tcp://169.254.169.254:80",
                "tcp://169.254.0.0:2376",
                "tcp://169.254.170.2:80",
                "tcp://169.254.255.255:2376",
                "tcp://100.100.100.200:80",
                "tcp://[fe80::1]:2376",
                "tcp://[fe80::1%25eth0]:2376",
                "tcp://[fe80::1%eth0]:2376",
                "tcp://[febf:ffff::1]:2376",
                "tcp://[fd00:ec2::254]:80",
                "tcp://[FD00:0EC2:0:0:0:0:0:254]:80",
                "tcp://[::1%25lo]:2376",
                // an IPv4 address in an IPv6 one
                "tcp://[::ffff:169.254.169.254]:80",
                "tcp://[::ffff:a9fe:a9fe]:80",
                "tcp://[0:0:0:0:0:ffff:a9fe:a9fe]:80",
                "tcp://[::ffff:100.100.100.200]:80",
                "tcp://[::ffff:0.0.0.0]:80",
                "tcp://[::ffff:127.0.0.1]:2376",
                "tcp://[::169.254.169.254]:80",
                "tcp://[64:ff9b::a9fe:a9fe]:80",
                "tcp://[64:ff9b::169.254.169.254]:80",
                "tcp://[2002:a9fe:a9fe::1]:80",
                // nobody, and everybody
                "tcp://0.0.0.0:2376",
                "tcp://0.0.0.1:2376",
                "tcp://0.1.2.3:2376",
                "tcp://[::]:2376",
                "tcp://[0:0:0:0:0:0:0:0]:2376",
                "tcp://224.0.0.1:2376",
                "tcp://239.255.255.255:2376",
                "tcp://[ff02::1]:2376",
                "tcp://[ff0e::1]:2376",
                "tcp://255.255.255.255:2376",
            })
    void aHostMayBeNowhereElse(String endpoint) {
        assertThat(HostEndpoint.refusal(endpoint))
                .hasValueSatisfying(text -> assertThat(text).startsWith("endpoint "));
    }

    @Test
    void aHostThatExistsIsWhereItMayBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host("tcp://169.254.169.254:80"))
                .withMessageContaining("endpoint");
    }

    @Test
    void whatANameLedToIsRefusedWhateverTheNameIs() throws UnknownHostException {
        Map<String, Boolean> addresses = Map.of(
                "127.0.0.1", true,
                "10.0.0.1", true,
                "::1", true,
                "169.254.169.254", false,
                "fe80::1", false,
                "fd00:ec2::254", false,
                "0.0.0.0", false,
                "64:ff9b::a9fe:a9fe", false);
        for (Map.Entry<String, Boolean> address : addresses.entrySet()) {
            byte[] bytes = InetAddress.ofLiteral(address.getKey()).getAddress();
            InetAddress named = InetAddress.getByAddress("engine.example", bytes);
            assertThat(HostEndpoint.refusal(named).isEmpty())
                    .as(address.getKey())
                    .isEqualTo(address.getValue());
        }
    }

    private static Host host(String endpoint) {
        return new Host(
                new HostId("host-1"),
                URI.create(endpoint),
                "/tls",
                Host.Capacity.NONE,
                Host.Capacity.NONE,
                HostState.ACTIVE,
                Map.of());
    }
}
