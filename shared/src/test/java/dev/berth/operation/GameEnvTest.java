package dev.berth.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.model.OperationFailed;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Secrets;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import dev.berth.wire.SpecJson;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GameEnvTest {
    private static final Secrets SECRETS = name -> Optional.ofNullable(
            Map.of("db", "{\"password\": \"open sesame\"}", "token", "sesame").get(name));

    private static RuntimeSpec spec(String env) {
        return SpecJson.read(Fields.of(Json.parse("{\"env\": " + env + "}")));
    }

    @Test
    void putsTheSecretsInTheirPlaces() {
        RuntimeSpec spec = spec(
                "{\"MODE\": \"ranked\", \"TOKEN\": \"{{secret:token}}\", \"PASSWORD\": \"{{secret:db#password}}\"}");
        assertThat(GameEnv.of(spec, SECRETS))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("MODE", "ranked", "TOKEN", "sesame", "PASSWORD", "open sesame"));
    }

    @Test
    void namesTheVariableWhoseSecretIsNotThere() {
        assertThatThrownBy(() -> GameEnv.of(spec("{\"TOKEN\": \"{{secret:nobody}}\"}"), SECRETS))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.text()).contains("spec.env.TOKEN"));
    }

    @Test
    void masksEachLineOfAValueAlsoIfItIsPrintedAlone() {
        Secrets key = _ -> Optional.of("-----BEGIN-----\nMIIEvQIB\nADANBgkq\n-----END-----\n");
        RuntimeSpec spec = spec("{\"KEY\": \"{{secret:key}}\"}");
        assertThat(GameEnv.masked("bad key: ADANBgkq\n-----END-----", spec, key))
                .isEqualTo("bad key: ***\n***");
    }

    @Test
    void masksTheLongerWordsOfCommands() {
        RuntimeSpec spec = SpecJson.read(Fields.of(Json.parse("""
                {"command": ["serve", "--token=sesame"], "health": {"command": ["ask", "open sesame"]}}
                """)));
        assertThat(GameEnv.masked("serve --token=sesame: ask open sesame", spec, SECRETS))
                .isEqualTo("serve ***: ask ***");
    }

    @Test
    void masksEveryValueTheLongestFirst() {
        RuntimeSpec spec = spec("{\"A\": \"{{secret:token}}\", \"B\": \"{{secret:db#password}}\", \"C\": \"1\"}");
        assertThat(GameEnv.masked("open sesame, sesame 1", spec, SECRETS)).isEqualTo("***, *** 1");
    }
}
