package dev.berth.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.local.aws.Template;
import dev.berth.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The roles of a stack's functions as {@link RoleGuard} reads them, and the calls that it notes. */
final class Roles {
    static final String FILE = "BERTH_TEST_ROLES";
    static final String CALLS = "BERTH_TEST_CALLS";

    private final Path directory;
    final Map<String, Role> byFunction;

    /** @param directory where the roles are written, and the calls */
    Roles(Path template, String stack, Path directory) {
        this.directory = directory;
        JsonNode documents =
                new ObjectMapper().valueToTree(Template.read(template, stack).policies());
        byFunction = documents.properties().stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, each -> Role.of(each.getValue())));
        try {
            Files.createDirectories(directory);
            Files.writeString(file(), documents.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a sandbox with the test classes on its class path needs to be guarded. */
    Map<String, String> environment() {
        return Map.of(FILE, file().toString(), CALLS, calls().toString());
    }

    private Path file() {
        return directory.resolve("roles.json");
    }

    private Path calls() {
        return directory.resolve("calls.jsonl");
    }

    /**
     * A call that was seen, each once for each sandbox.
     *
     * @param function its name
     */
    record Call(String function, Access access, boolean allowed) {}

    List<Call> seen() {
        try {
            return Files.exists(calls())
                    ? Files.readAllLines(calls()).stream()
                            .map(Json::parse)
                            .map(call -> new Call(
                                    call.path("function").asText(),
                                    new Access(
                                            call.path("action").asText(),
                                            call.path("resource").asText()),
                                    call.path("allowed").asBoolean()))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
