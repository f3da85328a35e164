package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.local.process.Child;
import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Many processes that write the log of one game at the same time, and overtake each other. */
@Isolated("takes all processors")
@ExtendWith(LocalStore.Provided.class)
final class WritersIT {
    private static final int WRITERS = 8;
    private static final int ENTRIES = 15;

    private final LocalStore store;
    private final GameId game = Samples.game();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    WritersIT(LocalStore store) {
        this.store = store;
    }

    @Test
    void leaveOneLogWithoutGapOrForkAndNoEntryThatWasNotWritten(@TempDir Path logs) {
        List<Child> writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> start(writer, logs.resolve("writer-" + writer + ".log")))
                .toList();
        try {
            await().atMost(Duration.ofMinutes(3)).until(() -> writers.stream().noneMatch(Child::isAlive));
        } finally {
            writers.forEach(Child::close);
        }

        List<LoggedEntry> log = store.ports().log().read(game, 0, WRITERS * ENTRIES * 2);
        LogHead head = LogHead.EMPTY;
        List<String> hashes = new ArrayList<>();
        for (LoggedEntry entry : log) {
            assertThat(entry.seq()).isEqualTo(head.seq() + 1);
            assertThat(entry.prevHash()).isEqualTo(head.hash());
            assertThat(entry.isWhole()).isTrue();
            head = entry.head();
            hashes.add("wrote " + entry.hash());
        }
        assertThat(store.ports().games().find(game).orElseThrow().head()).isEqualTo(head);
        assertThat(told).filteredOn(line -> line.startsWith("wrote ")).containsExactlyInAnyOrderElementsOf(hashes);
        assertThat(hashes).hasSize(WRITERS * ENTRIES);
        assertThat(told).as("some must have been too late").contains("overtaken");
    }

    private Child start(int writer, Path log) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WriterProcess.class.getName(),
                store.endpoint().toString(),
                "berth",
                game.value(),
                Integer.toString(writer),
                Integer.toString(ENTRIES));
        return Child.Plan.of("writer " + writer, command, log)
                .tellingLines(told::add)
                .start();
    }
}
