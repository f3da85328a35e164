package dev.berth.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program that starts two children, writes down their pids and waits to be killed. */
final class ParentFixture {

    private ParentFixture() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var polite = Child.Plan.of("polite", List.of("sleep", "300"), folder.resolve("polite.log"))
                .start();
        var stubborn = Child.Plan.of(
                        "stubborn",
                        List.of("sh", "-c", "trap '' TERM; while :; do sleep 1; done"),
                        folder.resolve("stubborn.log"))
                .withGrace(Duration.ofSeconds(1))
                .start();
        Files.writeString(folder.resolve("pids.new"), polite.pid() + " " + stubborn.pid());
        Files.move(folder.resolve("pids.new"), folder.resolve("pids"));
        new CountDownLatch(1).await();
    }
}
