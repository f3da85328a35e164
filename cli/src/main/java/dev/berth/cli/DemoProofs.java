package dev.berth.cli;

import dev.berth.ledger.Verification;
import dev.berth.ledger.Verifier;
import dev.berth.model.Endpoint;
import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.wire.Json;
import dev.berth.wire.RecordJson;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** What a demo proves of its game: from outside, by the engine, and by what is recorded. */
record DemoProofs(Stack stack, StackHost host, GameId game, DemoReport report) {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);

    /** A container that was proven to run, and where it answers. */
    record Running(String container, Endpoint endpoint) {}

    /** The game answers with that version, and the engine has one container of it: the one that is recorded. */
    Running running(String version) {
        GameContainer container = container(record(RuntimeStatus.RUNNING));
        require(!container.endpoints().isEmpty(), "the record names no published port");
        Endpoint endpoint = container.endpoints().getFirst();
        answers(endpoint, version);
        onlyContainer(container.id(), true);
        return new Running(container.id(), endpoint);
    }

    /** Another container has taken the place of the one before. */
    void replaced(Running before, Running now) {
        samePort(before, now);
        require(!now.container().equals(before.container()), "it is the same container as before");
        report.proven(
                "replaced",
                "another container in the same place: " + ResultText.shortId(before.container()) + " gave way to "
                        + ResultText.shortId(now.container()) + ", port "
                        + now.endpoint().port() + " stays",
                Json.object()
                        .put("container_id", now.container())
                        .put("port", now.endpoint().port()));
    }

    /** The container before has its place again. */
    void kept(Running before, Running now) {
        samePort(before, now);
        require(now.container().equals(before.container()), "it is not the container of before");
        report.proven(
                "kept",
                "the old container is back in its place: " + ResultText.shortId(now.container()) + " at port "
                        + now.endpoint().port(),
                Json.object()
                        .put("container_id", now.container())
                        .put("port", now.endpoint().port()));
    }

    void stopped(Running before) {
        String container = container(record(RuntimeStatus.STOPPED)).id();
        require(container.equals(before.container()), "another container was stopped: " + container);
        onlyContainer(container, false);
        Endpoint endpoint = before.endpoint();
        require(
                Probe.isClosed(endpoint.host(), endpoint.port()),
                endpoint.host() + ":" + endpoint.port() + " is still open");
        report.proven(
                "stopped",
                "port " + endpoint.port() + " is closed",
                Json.object().put("container_id", container).put("port", endpoint.port()));
    }

    /**
     * The log is whole, and holds these entries.
     *
     * @param expected kind and outcome of each, in order
     */
    void log(List<String> expected) {
        List<LoggedEntry> entries = stack.log().read(game, 0, Limits.LOG_PAGE);
        List<String> found = entries.stream().map(this::show).toList();
        require(found.equals(expected), "the log is " + found + " instead of " + expected);
        Verification verification = new Verifier(stack.ledger(), stack.games()).full(game);
        verification.problem().ifPresent(problem -> {
            throw CommandFailed.failed("the operation log: " + problem);
        });
        report.proven(
                "verified",
                "the operation log is verified: " + verification.entries()
                        + " entries, each hash recomputed, chained up to the head; the record is what they come to",
                Json.object().put("entries", verification.entries()));
    }

    /** @return its kind and outcome */
    private String show(LoggedEntry logged) {
        OperationEntry entry = logged.entry()
                .orElseThrow(() -> CommandFailed.failed("entry " + logged.seq() + " of the log cannot be read"));
        String outcome = entry.outcome().wire();
        report.detail(
                "entry",
                "entry " + entry.seq() + ": " + entry.kind().wire() + ", " + outcome + ", " + entry.op() + ", hash "
                        + ResultText.shortId(logged.hash()),
                LogTable.json(logged));
        return entry.kind().wire() + " " + outcome;
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw CommandFailed.failed(otherwise);
        }
    }

    private RuntimeRecord record(RuntimeStatus expected) {
        RuntimeRecord record = stack.games()
                .find(game)
                .flatMap(known -> known.record())
                .orElseThrow(() -> CommandFailed.failed("there is no record of the game"));
        require(
                record.status() == expected,
                "the record says " + record.status().wire() + " instead of " + expected.wire());
        report.proven(
                "record",
                "the record says " + expected.wire() + ": "
                        + record.image().map(image -> image.ref() + ", ").orElse("") + "container "
                        + ResultText.shortId(container(record).id())
                        + record.host().map(id -> " on " + id).orElse("")
                        + record.exit()
                                .flatMap(exit -> exit.code())
                                .map(code -> ", exit code " + code)
                                .orElse(""),
                RecordJson.write(record));
        return record;
    }

    private static GameContainer container(RuntimeRecord record) {
        return record.container().orElseThrow(() -> CommandFailed.failed("the record knows no container"));
    }

    private void answers(Endpoint endpoint, String version) {
        URI address = URI.create("http://" + endpoint.host() + ":" + endpoint.port() + "/");
        HttpResponse<String> answer = Probe.get(address, ANSWER_LIMIT);
        String body = answer.body().strip();
        require(
                answer.statusCode() == 200 && body.endsWith(version),
                address + " answers " + answer.statusCode() + " \"" + body + "\" instead of version " + version);
        report.proven(
                "answer",
                "the container answers: GET " + address + " -> " + answer.statusCode() + " \"" + body + "\"",
                Json.object()
                        .put("url", address.toString())
                        .put("status", answer.statusCode())
                        .put("body", body));
    }

    private void onlyContainer(String id, boolean runs) {
        List<StackHost.Found> found = host.containers(game);
        require(
                found.equals(List.of(new StackHost.Found(id, runs))),
                "the engine has other containers of the game than " + id + ": " + found);
        report.proven(
                "engine",
                "the engine has one container of the game, and it " + (runs ? "runs" : "is stopped"),
                Json.object().put("container_id", id).put("running", runs));
    }

    private static void samePort(Running before, Running now) {
        require(
                now.endpoint().equals(before.endpoint()),
                "the port was " + before.endpoint() + " and is " + now.endpoint());
    }
}
