package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.berth.model.Table.Row;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to write where a host is, as it is said and as what a name leads to. */
final class HostEndpointTest {
    private static final Map<String, String> WHY = Map.of(
            "form", "endpoint must be tcp://name:port and nothing more",
            "ipv4", "endpoint must be an IPv4 address where it means one",
            "leads", "endpoint must not lead to ");

    static List<Row> endpoints() {
        return Table.read(HostEndpointTest.class, "host-endpoints.txt");
    }

    static List<Row> addresses() {
        return endpoints().stream()
                .filter(row -> row.cell(0).equals("leads") || isAddress(row))
                .toList();
    }

    private static boolean isAddress(Row row) {
        return row.cell(0).equals("accepted") && row.text(1).matches("tcp://(\\[.*]|[0-9.]+):[0-9]+");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void areAcceptedOrRefusedWithTheReason(Row row) {
        if (row.cell(0).equals("accepted")) {
            assertThat(HostEndpoint.refusal(row.text(1))).isEmpty();
            assertThatNoException().isThrownBy(() -> host(row.text(1)));
        } else {
            assertThat(HostEndpoint.refusal(row.text(1)))
                    .hasValueSatisfying(text -> assertThat(text).startsWith(WHY.get(row.cell(0))));
        }
    }

    /** Java takes some addresses for others that they mean. */
    @ParameterizedTest
    @MethodSource("addresses")
    void areRefusedAlsoWhereANameLedToThem(Row row) throws UnknownHostException {
        String literal = row.text(1).replaceFirst("tcp://\\[?([^]]*?)]?:[0-9]+$", "$1");
        byte[] bytes = InetAddress.ofLiteral(literal).getAddress();
        InetAddress named = InetAddress.getByAddress("engine.example", bytes);

        assertThat(HostEndpoint.refusal(named).isEmpty()).isEqualTo(row.cell(0).equals("accepted"));
    }

    @Test
    void areManyAndEachOfThemAnother() {
        assertThat(endpoints()).hasSizeGreaterThanOrEqualTo(140);
        assertThat(endpoints()).extracting(row -> row.cell(1)).doesNotHaveDuplicates();
        assertThat(addresses()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void aHostThatExistsIsWhereItMayBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host("tcp://169.254.169.254:80"))
                .withMessageContaining("endpoint");
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
