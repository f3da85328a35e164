package dev.berth.aws;

import dev.berth.model.Limits;
import dev.berth.port.Clock;
import dev.berth.port.Secrets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** The texts of AWS Secrets Manager, by their names or ARNs; each is remembered for a while. */
public final class ManagedSecrets implements Secrets {
    private final Supplier<SecretsManagerClient> clients;
    private final Clock clock;
    private final Map<String, Remembered> known = new ConcurrentHashMap<>();
    private Optional<SecretsManagerClient> client = Optional.empty();

    private record Remembered(String value, Instant until) {
        @Override
        public String toString() {
            return "a secret until " + until;
        }
    }

    /** @param clients asked once, when the first secret is: most sandboxes never need one */
    public ManagedSecrets(Supplier<SecretsManagerClient> clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public Optional<String> find(String name) {
        Instant now = clock.now();
        known.values().removeIf(remembered -> !remembered.until().isAfter(now));
        Optional<String> value =
                Optional.ofNullable(known.get(name)).map(Remembered::value).or(() -> fetch(name));
        value.ifPresent(text -> known.putIfAbsent(name, new Remembered(text, now.plus(Limits.SECRETS_REMEMBERED))));
        return value;
    }

    private Optional<String> fetch(String name) {
        return AwsErrors.translated(() -> {
            try {
                return Optional.ofNullable(
                        client().getSecretValue(get -> get.secretId(name)).secretString());
            } catch (ResourceNotFoundException | InvalidRequestException absentOrBeingDeleted) {
                return Optional.empty();
            }
        });
    }

    private synchronized SecretsManagerClient client() {
        SecretsManagerClient made = client.orElseGet(clients);
        client = Optional.of(made);
        return made;
    }
}
