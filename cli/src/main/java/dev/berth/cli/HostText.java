package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostNotes.Drain;
import dev.berth.model.HostState;
import dev.berth.port.Bound;
import dev.berth.wire.Json;
import dev.berth.wire.Times;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A host for people and for programs.
 *
 * @param bound the games that are bound to it
 */
record HostText(Host host, List<Bound> bound) {
    /** Why it is in its state, or how far it has come; empty where the state says it all. */
    String reason() {
        return Stream.of(ofState(), ofDrain(), silence())
                .flatMap(Collection::stream)
                .collect(Collectors.joining(", "));
    }

    private List<String> ofState() {
        return switch (host.state()) {
            case ACTIVE, DRAINING, DRAINED -> List.of();
            case LOST -> host.notes().givenUp() ? List.of("given up by an operator") : List.of();
            case QUARANTINED -> List.of("answers again, what it has is being settled");
        };
    }

    private List<String> ofDrain() {
        return host.notes().drain().filter(_ -> host.state() != HostState.DRAINED).stream()
                .flatMap(drain -> Stream.of(
                        bound.size() + " of " + leaving(drain).size() + " left",
                        drain.blocked().isEmpty() ? "" : drain.blocked().size() + " blocked"))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private List<String> silence() {
        return host.notes().silentSince().stream()
                .map(since -> "silent since " + Times.write(since))
                .toList();
    }

    /** Those that were there when the drain began, and those that were just being placed there. */
    private Set<GameId> leaving(Drain drain) {
        Set<GameId> games = new LinkedHashSet<>(drain.games());
        bound.forEach(game -> games.add(game.game()));
        return games;
    }

    /** In a few words: its state, and the reason in brackets. */
    String state() {
        String reason = reason();
        return host.state().wire() + (reason.isEmpty() ? "" : " (" + reason + ")");
    }

    /** How many games it has, as in {@code 2 games}. */
    static String counted(List<Bound> bound) {
        return bound.size() + (bound.size() == 1 ? " game" : " games");
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("host_id", host.id().value())
                .put("endpoint", host.endpoint().toString())
                .put("tls", host.tls())
                .put("state", host.state().wire())
                .put("milli_vcpu", host.capacity().milliVcpu())
                .put("memory", host.capacity().memoryBytes())
                .put("reserved_milli_vcpu", host.reserved().milliVcpu())
                .put("reserved_memory", host.reserved().memoryBytes())
                .put("games", bound.size());
        host.engine().ifPresent(engine -> json.put("engine", engine));
        ObjectNode labels = json.putObject("labels");
        host.labels().forEach(labels::put);
        json.put("given_up", host.notes().givenUp());
        host.notes().silentSince().ifPresent(since -> json.put("silent_since", Times.write(since)));
        ObjectNode missing = json.putObject("missing");
        host.notes().missing().forEach((game, since) -> missing.put(game.value(), Times.write(since)));
        host.notes().drain().ifPresent(drain -> json.set("drain", json(drain)));
        return json;
    }

    private static ObjectNode json(Drain drain) {
        ObjectNode json = Json.object().put("since", Times.write(drain.since()));
        var games = json.putArray("games");
        drain.games().forEach(game -> games.add(game.value()));
        var blocked = new TreeMap<String, String>();
        drain.blocked().forEach((game, why) -> blocked.put(game.value(), why));
        blocked.forEach(json.putObject("blocked")::put);
        return json;
    }
}
