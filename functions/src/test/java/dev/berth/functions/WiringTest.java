package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.port.Secrets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WiringTest {
    private static final Secrets ALL = name -> Optional.of("value of " + name);

    private static final String HOSTS = "hosts/";

    @Test
    void aSpecMayNameOnlyTheSecretsOfGames() {
        Secrets ofGames = Wiring.ofGames(ALL, "games/", HOSTS, Optional.empty());
        assertThat(ofGames.find("games/arena")).contains("value of games/arena");
        assertThat(ofGames.find("payroll")).isEmpty();
        assertThat(ofGames.find("other/games/arena")).isEmpty();
    }

    @Test
    void aSpecMayNeverNameTheLoginsToRegistries() {
        Optional<String> logins = Optional.of("games/registries");
        assertThat(Wiring.ofGames(ALL, "games/", HOSTS, logins).find("games/registries"))
                .isEmpty();
        assertThat(Wiring.ofGames(ALL, "", HOSTS, logins).find("games/registries"))
                .isEmpty();
        assertThat(Wiring.ofGames(ALL, "", HOSTS, logins).find("games/arena")).isPresent();
    }

    @Test
    void aSpecMayNeverNameTheMaterialOfAHost() {
        for (String prefix : List.of("", "h", "hosts", "hosts/", "hosts/host-1")) {
            assertThat(Wiring.ofGames(ALL, prefix, HOSTS, Optional.empty()).find("hosts/host-1"))
                    .as(prefix)
                    .isEmpty();
        }
        assertThat(Wiring.ofGames(ALL, "games/", "games/hosts/", Optional.empty())
                        .find("games/hosts/host-1"))
                .isEmpty();
    }

    @Test
    void theMaterialOfAHostIsNoOtherSecret() {
        Secrets ofHosts = Wiring.ofHosts(ALL, HOSTS);
        assertThat(ofHosts.find("hosts/host-1")).contains("value of hosts/host-1");
        assertThat(ofHosts.find("games/arena")).isEmpty();
        assertThat(ofHosts.find("host-1")).isEmpty();
    }
}
