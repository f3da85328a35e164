package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.port.Secrets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WiringTest {
    private static final Secrets ALL = name -> Optional.of("value of " + name);

    @Test
    void aSpecMayNameOnlyTheSecretsOfGames() {
        Secrets ofGames = Wiring.ofGames(ALL, "games/", Optional.empty());
        assertThat(ofGames.find("games/arena")).contains("value of games/arena");
        assertThat(ofGames.find("payroll")).isEmpty();
        assertThat(ofGames.find("other/games/arena")).isEmpty();
    }

    @Test
    void aSpecMayNeverNameTheLoginsToRegistries() {
        Optional<String> logins = Optional.of("games/registries");
        assertThat(Wiring.ofGames(ALL, "games/", logins).find("games/registries"))
                .isEmpty();
        assertThat(Wiring.ofGames(ALL, "", logins).find("games/registries")).isEmpty();
        assertThat(Wiring.ofGames(ALL, "", logins).find("games/arena")).isPresent();
    }
}
