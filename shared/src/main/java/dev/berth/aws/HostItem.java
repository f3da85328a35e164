package dev.berth.aws;

import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes;
import dev.berth.model.HostNotes.Drain;
import dev.berth.model.HostState;
import dev.berth.model.Limits;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import dev.berth.wire.Times;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The item of a host as a {@link Host}, and its notes as attributes. */
final class HostItem {
    static final String ENGINE = "engine";
    static final String GIVEN_UP = "given_up";
    static final String SILENT_SINCE = "silent_since";
    static final String MISSING = "missing";
    static final String DRAIN = "drain";

    private static final int MAX_LABELS = 128;

    private HostItem() {}

    static Map<String, AttributeValue> key(HostId host) {
        return Map.of("host_id", text(host.value()));
    }

    static Host read(Map<String, AttributeValue> item) {
        return AwsErrors.stored("host", () -> read(Fields.of(Items.json(item))));
    }

    private static Host read(Fields fields) {
        return new Host(
                fields.text("host_id", HostId::new),
                fields.text("endpoint", HostItem::endpoint),
                fields.text("tls", tls -> tls),
                new Capacity(fields.whole("milli_vcpu", 0, Long.MAX_VALUE), fields.whole("memory", 0, Long.MAX_VALUE)),
                new Capacity(
                        fields.whole("reserved_milli_vcpu", 0, Long.MAX_VALUE),
                        fields.whole("reserved_memory", 0, Long.MAX_VALUE)),
                fields.word("state", HostState.class),
                fields.textMap("labels", MAX_LABELS, key -> key),
                notes(fields),
                fields.optionalText(ENGINE, id -> id));
    }

    private static URI endpoint(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException quotesIt) {
            throw new IllegalArgumentException("must be a URI");
        }
    }

    private static HostNotes notes(Fields fields) {
        return new HostNotes(
                fields.optionalWhole("version", 1, Long.MAX_VALUE).orElse(HostNotes.NONE.version()),
                fields.flag(GIVEN_UP),
                fields.optionalText(SILENT_SINCE, Times::instant),
                games(fields, MISSING).entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, since -> Times.instant(since.getValue()))),
                fields.optionalObject(DRAIN, HostItem::drain));
    }

    private static Drain drain(Fields fields) {
        return new Drain(
                fields.text("since", Times::instant),
                fields.texts("games", Limits.BOUND_GAMES).stream()
                        .map(GameId::new)
                        .toList(),
                games(fields, "blocked"),
                games(fields, "failed"),
                games(fields, "begun").entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, begun -> Long.valueOf(begun.getValue()))));
    }

    private static Map<GameId, String> games(Fields fields, String name) {
        return fields.textMap(name, Limits.BOUND_GAMES, game -> game).entrySet().stream()
                .collect(Collectors.toMap(entry -> new GameId(entry.getKey()), Map.Entry::getValue));
    }

    /** The attributes of what is noted; what is not noted is absent. */
    static Map<String, AttributeValue> attributes(HostNotes notes) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        attributes.put("version", number(notes.version()));
        if (notes.givenUp()) {
            attributes.put(GIVEN_UP, AttributeValue.fromBool(true));
        }
        notes.silentSince().ifPresent(since -> attributes.put(SILENT_SINCE, text(Times.write(since))));
        if (!notes.missing().isEmpty()) {
            ObjectNode missing = Json.object();
            notes.missing().forEach((game, since) -> missing.put(game.value(), Times.write(since)));
            attributes.put(MISSING, AttributeValue.fromM(Items.of(missing)));
        }
        notes.drain().ifPresent(drain -> attributes.put(DRAIN, AttributeValue.fromM(Items.of(write(drain)))));
        return attributes;
    }

    private static ObjectNode write(Drain drain) {
        ObjectNode json = Json.object();
        json.put("since", Times.write(drain.since()));
        ArrayNode games = json.putArray("games");
        drain.games().forEach(game -> games.add(game.value()));
        write(json.putObject("blocked"), drain.blocked());
        write(json.putObject("failed"), drain.failed());
        ObjectNode begun = json.putObject("begun");
        drain.begun().forEach((game, entries) -> begun.put(game.value(), entries.toString()));
        return json;
    }

    private static void write(ObjectNode json, Map<GameId, String> games) {
        games.forEach((game, why) -> json.put(game.value(), why));
    }
}
