package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that {@code --spec} names: how a game is run, as JSON. */
final class SpecFile {
    private SpecFile() {}

    static ObjectNode read(Path file) {
        try {
            return Json.parse(Files.readString(file));
        } catch (IOException e) {
            throw CommandFailed.wrongUse("the spec " + file + " cannot be read: " + e);
        }
    }
}
