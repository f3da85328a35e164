package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GivenHostTest {
    @Test
    void isReadFromItsThreeParts() {
        GivenHost host = GivenHost.parse("host-1=tcp://10.0.0.1:2376=/etc/tls=here");

        assertThat(host)
                .isEqualTo(new GivenHost("host-1", URI.create("tcp://10.0.0.1:2376"), Path.of("/etc/tls=here")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host-1", "host-1=tcp://h:1", "host-1=tcp://h:1=", "Host=tcp://h:1=/tls", "h=no uri=/tls"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> GivenHost.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
