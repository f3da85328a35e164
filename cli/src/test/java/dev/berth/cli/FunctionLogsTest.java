package dev.berth.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.OpId;
import dev.berth.wire.Times;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FunctionLogsTest {
    private static final OpId OP = new OpId("op-0123456789ab");

    @TempDir
    private Path folder;

    private void write(String file, String text, Charset charset) throws IOException {
        Path directory = Files.createDirectories(folder.resolve("logs"));
        Files.write(directory.resolve(file), text.getBytes(charset));
    }

    private List<FunctionLogs.Line> about(Instant since) {
        return FunctionLogs.of(folder).about(OP, since);
    }

    private static String line(String op, long at) {
        return "{\"timestamp\":\"" + Times.write(Instant.ofEpochMilli(at)) + "\",\"op_id\":\"" + op + "\"}\n";
    }

    @Test
    void findsTheLinesOfAnOperationInEveryFile() throws IOException {
        write("StartFunction.log", line(OP.value(), 1) + line("op-000000000000", 2), UTF_8);
        write("StopFunction.log", line(OP.value(), 3), UTF_8);
        write("notes.txt", line(OP.value(), 4), UTF_8);

        assertThat(about(Instant.EPOCH))
                .extracting(line -> line.at().toEpochMilli())
                .containsExactly(1L, 3L);
    }

    @Test
    void aLineThatDoesNotTellItsTimeHasThatOfTheOneBefore() throws IOException {
        write("StartFunction.log", line("op-000000000000", 5) + "plain " + OP + "\n" + line(OP.value(), 6), UTF_8);

        assertThat(about(Instant.EPOCH))
                .extracting(line -> line.at().toEpochMilli())
                .containsExactly(5L, 6L);
    }

    @Test
    void leavesOutWhatWasWrittenBefore() throws IOException {
        write("StartFunction.log", line(OP.value(), 5) + line(OP.value(), 6), UTF_8);

        assertThat(about(Instant.ofEpochMilli(6))).hasSize(1);
    }

    @Test
    void readsOnAfterWhatIsNoText() throws IOException {
        write("StartFunction.log", "\u00ff\u00fe\n" + line(OP.value(), 5), ISO_8859_1);

        assertThat(about(Instant.EPOCH)).hasSize(1);
    }

    @Test
    void readsSoManyLinesAndNoMore() throws IOException {
        write("StartFunction.log", line(OP.value(), 5).repeat(FunctionLogs.MOST_LINES + 1), UTF_8);

        assertThat(about(Instant.EPOCH)).hasSize(FunctionLogs.MOST_LINES);
    }

    @Test
    void aStackThatHasNeverRunHasLoggedNothing() {
        assertThat(about(Instant.EPOCH)).isEmpty();
    }
}
