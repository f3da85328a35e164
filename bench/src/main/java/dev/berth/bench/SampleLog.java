package dev.berth.bench;

import dev.berth.model.Effect;
import dev.berth.model.Exit;
import dev.berth.model.Fence;
import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.ImageRef;
import dev.berth.model.JobId;
import dev.berth.model.LogHead;
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
import dev.berth.model.StopReason;
import dev.berth.port.Commit;
import dev.berth.wire.EntryJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The log of a game that is started and stopped over and over: entries of the usual size, chained. */
final class SampleLog {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final PinnedImage IMAGE =
            new PinnedImage(new ImageRef("games/arena:1.4.2"), "sha256:" + Sha256.hex("games/arena:1.4.2"));

    private final GameId game;
    private final Placement place;
    private LogHead head = LogHead.EMPTY;

    SampleLog(GameId game) {
        this(game, new HostId("host-1"));
    }

    SampleLog(GameId game, HostId host) {
        this.game = game;
        this.place = new Placement(host, new Resources(500, new Size(512L << 20)));
    }

    LogHead head() {
        return head;
    }

    /** The next entry. */
    OperationEntry append(Fence fence) {
        long seq = head.seq() + 1;
        boolean start = seq % 2 == 1;
        JobId job = new JobId("job-" + seq);
        Instant began = BEGIN.plusSeconds(seq);
        RuntimeRecord running = running(seq, began);
        RuntimeRecord record =
                start ? running : running.stopped(new Exit(Optional.of(0), false, began), StopReason.FINISHED);
        OperationEntry entry = new OperationEntry(
                game,
                seq,
                OpId.of(job),
                job,
                start ? OpKind.START : OpKind.STOP,
                OpSource.LOBBY_STREAM,
                Optional.empty(),
                record.host(),
                Optional.of(IMAGE.ref()),
                Optional.of(IMAGE.digest()),
                record.container().map(GameContainer::id),
                fence,
                Outcome.SUCCESS,
                Effect.CHANGED,
                Optional.empty(),
                began,
                began.plus(Duration.ofMillis(200)),
                Optional.of(record),
                head.hash());
        head = new LogHead(seq, EntryJson.hash(entry));
        return entry;
    }

    /**
     * What ends an operation with that entry, and with nothing beside.
     *
     * @param taken what is reserved by it
     */
    static Commit commit(OperationEntry entry, List<Placement> taken, boolean keepLease) {
        return new Commit(
                Optional.of(entry),
                entry.change(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                taken,
                keepLease,
                Optional.empty(),
                Optional.empty());
    }

    /** The id of the container that a game has by its first entry. */
    static String firstContainer(GameId game) {
        return container(game, 1);
    }

    private static String container(GameId game, long seq) {
        return Sha256.hex("container " + seq / 2 + " of " + game);
    }

    private RuntimeRecord running(long seq, Instant at) {
        return RuntimeRecord.running(
                place,
                new GameContainer(container(game, seq), new Fence(seq), List.of(), at),
                IMAGE,
                Sha256.hex("spec"),
                Optional.empty());
    }
}
