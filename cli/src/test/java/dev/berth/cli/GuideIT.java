package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Does what docs/deploying.md says of one machine, block by block and word by word, with a home of its own. */
final class GuideIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** A block of shell with the comment before it, which says how it is run; those without one are for AWS. */
    private static final Pattern BLOCK =
            Pattern.compile("<!-- (here|in the background until: ([^\\n]+)) -->\\n```sh\\n(.*?)```", Pattern.DOTALL);

    private final List<Launched> background = new ArrayList<>();

    /** Its path is short: an engine's sockets lie below it. */
    private Path home = Path.of("");

    /** @param until what it prints when the next block may begin; empty if that is its end */
    private record Block(String text, Optional<String> until) {}

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createTempDirectory("guide");
    }

    private static List<Block> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(ROOT.resolve("docs/deploying.md")))
                .results()
                .map(found -> new Block(found.group(3), Optional.ofNullable(found.group(2))))
                .toList();
    }

    private Launched bash(String script) throws IOException {
        Path out = Files.createTempFile(home, "block", ".out");
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().keySet().removeAll(List.of("BERTH_DIR", "BERTH_STACK"));
        return new Launched(builder.start(), out, out);
    }

    @AfterEach
    void endWhatRuns() throws IOException, InterruptedException {
        for (Launched each : background.reversed()) {
            each.signal("TERM");
            each.end();
        }
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path folder, @org.jspecify.annotations.Nullable IOException failed) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Test
    void theLocalHalfCanBeFollowedToItsEnd() throws IOException, InterruptedException {
        StringBuilder terminal = new StringBuilder();
        StringBuilder printed = new StringBuilder();
        for (Block block : blocks()) {
            if (block.until().isPresent()) {
                String sign = block.until().get();
                Launched running = bash("exec " + block.text());
                background.add(running);
                await(sign)
                        .atMost(Launched.LIMIT)
                        .until(() -> says(running, sign) || !running.process().isAlive());
                assertThat(running.process().isAlive())
                        .as(Files.readString(running.out()))
                        .isTrue();
            } else {
                // One terminal: what a block has set, those after it know.
                Told told = bash(terminal + "echo --here--\n" + block.text()).end();
                assertThat(told.exitCode()).as(block.text() + "\n" + told.out()).isZero();
                printed.append(told.out().substring(told.out().indexOf("--here--")));
                terminal.append(kept(block.text()));
            }
        }
        assertThat(printed)
                .contains("patch of arena-1: success (changed", "verified: 6 entries")
                .contains("host host-a at tcp://127.0.0.1:23760 is active")
                .contains("host host-a is drained", "host host-a is removed");
        assertThat(background).hasSize(2);
    }

    private static boolean says(Launched running, String sign) throws IOException {
        return Files.readString(running.out()).contains(sign);
    }

    /** The variables and functions of a block, without what it did. */
    private static String kept(String text) {
        StringBuilder kept = new StringBuilder();
        boolean inside = false;
        for (String line : text.lines().toList()) {
            inside |= line.endsWith("() {");
            if (inside || line.startsWith("export ")) {
                kept.append(line).append('\n');
            }
            inside &= !line.equals("}");
        }
        return kept.toString();
    }
}
