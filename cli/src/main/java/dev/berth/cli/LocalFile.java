package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.StackAddresses;
import dev.berth.aws.Tables;
import dev.berth.model.Host;
import dev.berth.model.OperationFailed;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The file {@code local.json}, by which commands and other programs find a stack on this machine. */
record LocalFile(ObjectNode json) {
    private static final String NAME = "local.json";

    /**
     * Where a stack answers: what is read back of the file.
     *
     * @param s3 empty in files of before there was an archive
     * @param parts its tables, its queues and its bucket
     */
    record Address(String stack, String region, URI dynamoDb, URI sqs, Optional<URI> s3, StackAddresses parts) {}

    /**
     * The file's content; its queues are called by what stands between the stack's name and {@code -jobs}.
     *
     * @param demoImages references by version
     */
    static LocalFile of(Address address, List<Host> hosts, Map<String, String> demoImages) {
        ObjectNode json = Json.object().put("stack", address.stack()).put("region", address.region());
        ObjectNode endpoints = json.putObject("endpoints")
                .put("dynamodb", address.dynamoDb().toString())
                .put("sqs", address.sqs().toString());
        address.s3().ifPresent(s3 -> endpoints.put("s3", s3.toString()));
        json.set("queues", queues(address.stack(), address.parts().queues()));
        Tables tables = address.parts().tables();
        json.putObject("tables")
                .put("games", tables.games())
                .put("operations", tables.operations())
                .put("jobs", tables.jobs())
                .put("hosts", tables.hosts());
        json.put("bucket", address.parts().archive());
        var array = json.putArray("hosts");
        hosts.forEach(host -> array.addObject()
                .put("host_id", host.id().value())
                .put("endpoint", host.endpoint().toString())
                .put("tls", host.tls()));
        ObjectNode images = json.putObject("demo_images");
        demoImages.forEach(images::put);
        return new LocalFile(json);
    }

    private static ObjectNode queues(String stack, Map<String, String> urls) {
        ObjectNode queues = Json.object();
        ObjectNode dead = Json.object();
        Map<String, String> byName = new TreeMap<>();
        urls.forEach((name, url) -> byName.put(name.substring(stack.length() + 1), url));
        byName.forEach((name, url) -> {
            if (name.endsWith("-jobs-dead")) {
                dead.put(name.substring(0, name.length() - "-jobs-dead".length()), url);
            } else if (name.endsWith("-jobs")) {
                queues.put(name.substring(0, name.length() - "-jobs".length()), url);
            } else {
                queues.put(name.substring(name.lastIndexOf('-') + 1), url);
            }
        });
        return queues.set("dead", dead);
    }

    /** Writes it into the folder, all at once. */
    void save(Path directory) {
        try {
            Path whole = Files.createTempFile(directory, NAME, ".new");
            Files.writeString(whole, json.toPrettyString() + "\n");
            Files.move(whole, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where the stack of that folder answers.
     *
     * @throws CommandFailed if none runs there
     */
    static Address find(Path directory) {
        Path file = directory.resolve(NAME);
        try {
            ObjectNode json = Json.parse(Files.readString(file));
            Fields endpoints = Fields.of(object(json, "endpoints"));
            Fields top = Fields.of(json);
            String stack = top.text("stack", name -> name);
            return new Address(
                    stack,
                    top.text("region", region -> region),
                    endpoints.text("dynamodb", URI::create),
                    endpoints.text("sqs", URI::create),
                    endpoints.optionalText("s3", URI::create),
                    StackAddresses.of(
                            Tables.of(stack),
                            queueUrls(object(json, "queues")),
                            top.optionalText("bucket", bucket -> bucket).orElse("")));
        } catch (IOException e) {
            throw CommandFailed.unreachable("no stack runs in " + directory
                    + ": start one with `berth up`, name its folder with --dir, or a stack on AWS with --stack");
        } catch (OperationFailed e) {
            throw CommandFailed.unreachable(file + " is damaged (" + e.text() + "): start `berth up` again");
        }
    }

    /** Of every queue, also those of dead letters. */
    private static List<String> queueUrls(ObjectNode queues) {
        return Stream.concat(queues.properties().stream(), object(queues, "dead").properties().stream())
                .map(Map.Entry::getValue)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .toList();
    }

    private static ObjectNode object(ObjectNode json, String name) {
        return Optional.ofNullable(json.get(name))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(Json::object);
    }
}
