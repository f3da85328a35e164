package dev.berth.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.model.OperationFailed;
import dev.berth.model.PlainText;
import dev.berth.model.SecretRef;
import java.util.Optional;

/** The values that secrets stand for. Nothing here quotes a secret in an error. */
public final class SecretValues {
    private SecretValues() {}

    /**
     * The value that the reference stands for.
     *
     * @param secret the secret's text: a JSON object if the reference names a field of it
     * @return empty if it has no such field, or one that is no text, number or boolean, or one that no engine carries
     */
    public static Optional<String> find(SecretRef ref, String secret) {
        return ref.key()
                .map(key -> field(key, secret))
                .orElse(Optional.of(secret))
                .filter(PlainText::isCarried);
    }

    private static Optional<String> field(String key, String secret) {
        try {
            return Optional.ofNullable(Json.parse(secret).get(key))
                    .filter(value -> value.isValueNode() && !value.isNull())
                    .map(JsonNode::asText);
        } catch (OperationFailed noObject) {
            return Optional.empty();
        }
    }
}
