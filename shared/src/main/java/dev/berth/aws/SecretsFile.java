package dev.berth.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.port.Secrets;
import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Secrets of a stack on this machine, where there is no Secrets Manager: a file with a JSON object of names and texts.
 * It is read at each call; as long as there is no file there are no secrets.
 */
public final class SecretsFile implements Secrets {
    private final Path file;

    public SecretsFile(Path file) {
        this.file = file;
    }

    /** @throws OperationFailed {@code internal} if the file is not of that form; the text tells nothing of what is in it */
    @Override
    public Optional<String> find(String name) {
        return read().map(text -> value(text, name))
                .filter(value -> !value.isMissingNode())
                .map(JsonNode::asText);
    }

    private Optional<String> read() {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable();
        }
    }

    private JsonNode value(String text, String name) {
        try {
            JsonNode value = Json.parse(text).path(name);
            if (value.isTextual() || value.isMissingNode()) {
                return value;
            }
        } catch (OperationFailed e) {
            // What the parser says quotes the text.
        }
        throw unreadable();
    }

    private OperationFailed unreadable() {
        return new OperationFailed(ErrorCode.INTERNAL, file + " cannot be read as a JSON object of names and texts");
    }
}
