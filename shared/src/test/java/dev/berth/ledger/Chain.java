package dev.berth.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.Fence;
import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.ImageRef;
import dev.berth.model.JobId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.OperationEntry;
import dev.berth.model.Outcome;
import dev.berth.model.PinnedImage;
import dev.berth.model.Placement;
import dev.berth.model.Resources;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.Sha256;
import dev.berth.model.Size;
import dev.berth.wire.EntryJson;
import dev.berth.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A game's log as operations would write it, and the record after each of its entries. */
final class Chain {
    static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");
    static final long SECONDS_BETWEEN = 60;

    final GameId game;
    private final RandomGenerator random;
    private final List<LoggedEntry> entries = new ArrayList<>();
    private final List<Optional<RuntimeRecord>> records = new ArrayList<>(List.of(Optional.empty()));

    Chain(GameId game, RandomGenerator random) {
        this.game = game;
        this.random = random;
    }

    static Chain of(String game, int length, long seed) {
        Chain chain = new Chain(new GameId(game), new java.util.Random(seed));
        for (int i = 0; i < length; i++) {
            chain.append();
        }
        return chain;
    }

    List<LoggedEntry> entries() {
        return entries;
    }

    LoggedEntry entry(long seq) {
        return entries.get((int) seq - 1);
    }

    /** The record after that entry; before the first one for 0. */
    Optional<RuntimeRecord> record(long seq) {
        return records.get((int) seq);
    }

    int length() {
        return entries.size();
    }

    LogHead head() {
        return entries.isEmpty() ? LogHead.EMPTY : entries.getLast().head();
    }

    /** When the entry with that seq is finished. */
    static Instant finishedAt(long seq) {
        return BEGIN.plusSeconds(seq * SECONDS_BETWEEN);
    }

    LoggedEntry append() {
        boolean changes = random.nextInt(3) > 0;
        Optional<RuntimeRecord> change = changes ? Optional.of(next()) : Optional.empty();
        return add(EntryJson.logged(entry(change)), change.or(() -> records.getLast()));
    }

    /** An entry with other fields than this version of Berth writes: of a later version, or of a kind of its own. */
    LoggedEntry appendUnknown(String field, String value) {
        ObjectNode json = EntryJson.write(entry(Optional.empty()));
        return add(hashed(json.put(field, value)), records.getLast());
    }

    private LoggedEntry add(LoggedEntry entry, Optional<RuntimeRecord> record) {
        entries.add(entry);
        records.add(record);
        return entry;
    }

    /** With the hash that its content has. */
    static LoggedEntry hashed(ObjectNode json) {
        return EntryJson.logged(json.put("hash", EntryJson.logged(json).computed()));
    }

    static ObjectNode json(LoggedEntry entry) {
        return Json.parse(entry.line());
    }

    private OperationEntry entry(Optional<RuntimeRecord> change) {
        long seq = entries.size() + 1L;
        JobId job = new JobId(game + "-job-" + seq + "-" + random.nextInt(1 << 20));
        boolean failed = change.isEmpty() && random.nextBoolean();
        return new OperationEntry(
                game,
                seq,
                OpId.of(job),
                job,
                any(List.of(OpKind.values())),
                any(List.of(OpSource.values())),
                random.nextBoolean() ? Optional.of("ref " + seq) : Optional.empty(),
                change.flatMap(RuntimeRecord::host),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Fence(seq * 2),
                failed ? Outcome.FAILURE : Outcome.SUCCESS,
                change.isPresent() ? Effect.CHANGED : Effect.NOOP,
                failed ? Optional.of(new Failure(ErrorCode.DOCKER_ERROR, "it said no")) : Optional.empty(),
                finishedAt(seq).minusSeconds(5),
                finishedAt(seq),
                change,
                head().hash());
    }

    private <T> T any(List<T> words) {
        return words.get(random.nextInt(words.size()));
    }

    private RuntimeRecord next() {
        RuntimeRecord running = RuntimeRecord.running(
                new Placement(new HostId("host-" + random.nextInt(3)), new Resources(500, new Size(256L << 20))),
                new GameContainer(
                        Sha256.hex(game + " " + random.nextLong()),
                        new Fence(entries.size() * 2L),
                        List.of(),
                        finishedAt(entries.size())),
                new PinnedImage(new ImageRef("berth-demo/game:1.0." + random.nextInt(9)), "sha256:" + "a".repeat(64)),
                Sha256.hex("spec " + random.nextInt(4)),
                Optional.empty());
        return switch (random.nextInt(3)) {
            case 0 -> running.removed();
            case 1 -> running.failed(ErrorCode.CONTAINER_UNHEALTHY);
            default -> running;
        };
    }
}
