package dev.berth.functions;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is deployed: the one jar of all functions, and beside it the list of what it is made of. */
final class FunctionsJarIT {
    private static final Path TARGET = LocalBerth.ROOT.resolve("functions/target");
    private static final long LIMIT_BYTES = 25_000_000;

    /** Nothing in them is found by its name, so only what is reached is taken along. */
    private static final Set<String> IN_PART = Set.of(
            "commons-codec",
            "commons-compress",
            "commons-io",
            "commons-lang3",
            "eventstream",
            "guava",
            "joda-time",
            "reactive-streams");

    private static boolean isClass(String entry) {
        return entry.endsWith(".class") && !entry.startsWith("META-INF/") && !entry.equals("module-info.class");
    }

    private static Set<String> entries(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String text(Path jar, String entry) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(entry)).readAllBytes(), UTF_8);
        }
    }

    /** The libraries that classes of the jar come from, by the names of their files, and where these are. */
    private static Map<String, Path> libraries() throws IOException {
        Map<String, Path> libraries = new TreeMap<>();
        for (String entry : entries(TARGET.resolve("functions.jar"))) {
            if (isClass(entry) && !entry.startsWith("dev/berth/functions/")) {
                URL origin = FunctionsJarIT.class.getClassLoader().getResource(entry);
                assertThat(origin).as(entry).isNotNull();
                Path jar = Path.of(origin.getPath().replaceFirst("^file:", "").replaceFirst("!.*", ""));
                libraries.putIfAbsent(jar.getFileName().toString(), jar);
            }
        }
        return libraries;
    }

    /** The names of the components' files, by their own names. */
    private static Map<String, String> components() throws IOException {
        Path file = TARGET.resolve("bom.json");
        assumeTrue(
                Files.exists(file) || System.getenv("CI") != null,
                "Maven was offline, where its CycloneDX plugin makes no bill of materials");
        Map<String, String> components = new TreeMap<>();
        JsonNode bom = new ObjectMapper().readTree(file.toFile());
        for (JsonNode component : bom.path("components")) {
            String name = component.path("name").asText();
            components.put(name, name + "-" + component.path("version").asText() + ".jar");
        }
        return components;
    }

    @Test
    void isSmall() throws IOException {
        assertThat(Files.size(TARGET.resolve("functions.jar"))).isLessThan(LIMIT_BYTES);
    }

    @Test
    void isMadeOfExactlyWhatTheBillOfMaterialsNames() throws IOException {
        assertThat(components().values())
                .hasSizeGreaterThan(50)
                .containsExactlyInAnyOrderElementsOf(libraries().keySet());
    }

    /** What is found by reflection, or as a service, would be missed only when it is needed. */
    @Test
    void hasTheWholeOfEachLibraryButOfThoseThatAreKnownToBearLess() throws IOException {
        Set<String> there = entries(TARGET.resolve("functions.jar"));
        Map<String, Path> libraries = libraries();
        Set<String> inPart = new TreeSet<>();
        for (Map.Entry<String, String> component : components().entrySet()) {
            boolean whole = entries(libraries.get(component.getValue())).stream()
                    .filter(FunctionsJarIT::isClass)
                    .allMatch(there::contains);
            if (!whole) {
                inPart.add(component.getKey());
            }
        }
        assertThat(inPart).containsExactlyInAnyOrderElementsOf(IN_PART);
    }

    @Test
    void carriesTheLicencesAndNoticesOfWhatItIsMadeOf() throws IOException {
        for (Path library : libraries().values()) {
            for (String entry : entries(library)) {
                if (entry.matches("META-INF/.*(LICENSE|NOTICE)[^/]*")) {
                    assertThat(text(TARGET.resolve("functions.jar"), entry))
                            .as(library.getFileName() + "'s " + entry)
                            .contains(text(library, entry).strip());
                }
            }
        }
    }

    @Test
    void hasNothingThatTellsWhereItWasBuilt() throws IOException {
        String here = LocalBerth.ROOT.toString();
        try (ZipFile jar = new ZipFile(TARGET.resolve("functions.jar").toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                assertThat(new String(jar.getInputStream(entry).readAllBytes(), ISO_8859_1).contains(here))
                        .as(entry.getName())
                        .isFalse();
            }
        }
    }
}
