package dev.berth.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildIT {

    @TempDir
    Path folder;

    @Test
    void endsItsChildrenWhenTheParentIsKilled() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var parent = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentFixture.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("pids")));
        var children = Stream.of(Files.readString(folder.resolve("pids")).split(" ", -1))
                .map(Long::valueOf)
                .toList();
        assertThat(children).allMatch(ChildIT::runs);

        parent.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(10)).until(() -> children.stream().noneMatch(ChildIT::runs));
    }

    @Test
    void isTheCommandItself() {
        try (var child = plan("exec sleep 300").start()) {
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> ProcessHandle.of(child.pid())
                            .flatMap(handle -> handle.info().command())
                            .orElse("")
                            .endsWith("sleep"));
        }
    }

    @Test
    void returnsTheExitCodeOfTheCommand() {
        try (var child = plan("exit 7").start()) {
            assertThat(child.exit()).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(7);
        }
    }

    @Test
    void killsWhatDoesNotEndInTime() {
        var child = plan("trap '' TERM; echo ready; while :; do sleep 0.1; done")
                .withGrace(Duration.ofMillis(300))
                .start();
        child.awaitReady(() -> log().contains("ready"), Duration.ofSeconds(5));

        child.close();

        assertThat(child.exit()).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(137);
    }

    @Test
    void showsTheEndOfTheLogOfOneThatDoesNotComeUp() {
        try (var child = plan("echo all is lost; exit 3").start()) {
            assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofSeconds(5)))
                    .isInstanceOf(LocalFailure.class)
                    .hasMessageContainingAll("test child", "exit code 3", "all is lost");
        }
    }

    @Test
    void givesUpOnOneThatIsNeverReady() {
        try (var child = plan("sleep 300").start()) {
            assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofMillis(200)))
                    .hasMessageContaining("was not ready within");
        }
    }

    @Test
    void tellsEachLineAndKeepsItInTheLog() {
        var lines = new ConcurrentLinkedQueue<String>();
        try (var child = plan("echo one; echo $WORD >&2")
                .withEnvironment(Map.of("WORD", "two", "PATH", "/usr/bin:/bin"))
                .tellingLines(lines::add)
                .start()) {
            assertThat(child.exit()).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(0);
            await().atMost(Duration.ofSeconds(5)).until(() -> List.copyOf(lines).equals(List.of("one", "two")));
        }
        assertThat(log()).isEqualTo("one\ntwo\n");
    }

    @Test
    void saysWhatCannotBeStarted() {
        try (var child = Child.Plan.of("ghost", List.of("no-such-program"), folder.resolve("log"))
                .start()) {
            assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofSeconds(5)))
                    .hasMessageContainingAll("ghost", "exit code 127", "no-such-program");
        }
    }

    private Child.Plan plan(String script) {
        return Child.Plan.of("test child", List.of("sh", "-c", script), folder.resolve("log"));
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (java.io.IOException e) {
            return "";
        }
    }

    /** A zombie that nobody waits for has ended, too. */
    private static boolean runs(long pid) {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
