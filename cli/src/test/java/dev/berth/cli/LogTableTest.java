package dev.berth.cli;

import static dev.berth.cli.LogSamples.GAME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.ledger.Found;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogTableTest {
    private final LoggedEntry started = LogSamples.entry(GAME, 1, LogHead.GENESIS, 2);
    private final LoggedEntry failed = LogSamples.entry(GAME, 3, LogHead.GENESIS, 2);

    @Test
    void showsAnEntryInALine() {
        assertThat(new LogTable(false)
                        .lines(List.of(new Found.Entry(started, false)))
                        .getLast())
                .startsWith("1    start")
                .contains("admin_rest  success  changed  running on host-1  2026-01-31T12:00:00.000Z  2000")
                .contains(started.hash().substring(0, 12));
        assertThat(new LogTable(true).next(failed)).startsWith("arena  3").endsWith("container_start_failed: it ended");
    }

    @Test
    void tellsAProgramAllThatTheEntryHas() {
        ObjectNode json = LogTable.json(started);

        assertThat(json.path("hash").asText()).isEqualTo(started.hash());
        assertThat(json.path("change").path("host_id").asText()).isEqualTo("host-1");
    }

    @Test
    void showsAnEntryOfALaterVersionAsItStands() {
        LoggedEntry later = LogSamples.ofLaterVersion(started);

        assertThat(new LogTable(false).next(later))
                .startsWith("1    unreadable")
                .endsWith("is of another version: 2");
        assertThat(LogTable.json(later).path("unreadable").asText()).isEqualTo("is of another version: 2");
        assertThat(LogTable.json(later).path("line").asText()).contains("\"version\":2");
    }

    @Test
    void tellsThatTheArchiveCannotBeListed() {
        Found unlisted = new Found.Unlisted(7, "the bucket does not answer");

        assertThat(new LogTable(false).lines(List.of(unlisted)).getLast())
                .startsWith("7..")
                .endsWith("the bucket does not answer");
        assertThat(LogTable.json(unlisted).path("first_seq").asLong()).isEqualTo(7);
    }
}
