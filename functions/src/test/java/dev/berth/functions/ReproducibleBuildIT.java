package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What is deployed can be built by anybody from the same sources, and be compared. */
@Isolated("takes all processors")
final class ReproducibleBuildIT {
    private static final long LIMIT_MINUTES = 5;
    private static final Path TARGET = LocalBerth.ROOT.resolve("functions/target");

    /** Other than usual in all that a build may take from where it runs; by nobody but its owner to be read. */
    private static final String BUILD = "umask 077; exec mvn \"$@\"";

    @Test
    void isTheSameToTheLastByteWhereverItIsBuilt(@TempDir Path elsewhere) throws IOException, InterruptedException {
        Path copy = elsewhere.resolve("another name");
        copySources(copy);

        build(copy, elsewhere.resolve("build.log"));

        Path built = copy.resolve("functions/target");
        assertThat(built.resolve("functions.jar")).hasSameBinaryContentAs(TARGET.resolve("functions.jar"));
        if (isOnline()) {
            assertThat(bom(built)).isEqualTo(bom(TARGET));
        }
    }

    /** Without the hashes of our own modules' jars, which nobody deploys: whoever may read their files stands in them. */
    private static String bom(Path folder) throws IOException {
        JsonNode bom = new ObjectMapper().readTree(folder.resolve("bom.json").toFile());
        bom.path("components")
                .valueStream()
                .filter(component -> component.path("group").asText().equals("dev.berth"))
                .forEach(component -> ((ObjectNode) component).remove("hashes"));
        return bom.toPrettyString();
    }

    /** Nothing is downloaded in either case, but offline there is no bill of materials. */
    private static boolean isOnline() {
        return Files.exists(TARGET.resolve("bom.json"));
    }

    private static void copySources(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(LocalBerth.ROOT, 2)) {
            for (Path pom : files.filter(file -> file.endsWith("pom.xml")).toList()) {
                copy(pom, copy);
            }
        }
        for (String module : List.of("local", "shared", "functions")) {
            try (Stream<Path> files = Files.walk(LocalBerth.ROOT.resolve(module).resolve("src/main"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    copy(file, copy);
                }
            }
        }
    }

    private static void copy(Path file, Path into) throws IOException {
        Path to = into.resolve(LocalBerth.ROOT.relativize(file));
        Files.createDirectories(to.resolveSibling(""));
        Files.copy(file, to);
        Files.setLastModifiedTime(to, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
    }

    private static void build(Path folder, Path log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", BUILD, "build", "-B"));
        if (!isOnline()) {
            command.add("-o");
        }
        Optional.ofNullable(System.getProperty("localRepository"))
                .ifPresent(repository -> command.add("-Dmaven.repo.local=" + repository));
        command.addAll(List.of("-Dmaven.test.skip=true", "-pl", "functions", "-am", "package"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("TZ", "Asia/Kathmandu");
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("MAVEN_OPTS", "-Duser.timezone=Asia/Kathmandu -Duser.language=de -Duser.country=DE");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
