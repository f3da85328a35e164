package dev.berth;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which room may know which, and how a class is made. Read from the compiled classes and the sources of all modules. */
final class ArchitectureTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("local", "shared", "functions", "cli", "bench");
    private static final int MOST_LINES = 250;
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.berth");

    /** Where anything at all may be caught, and why. */
    private static final Map<String, String> CATCHES_ALL = Map.ofEntries(
            Map.entry("action/Execution", "a step may fail in any way; it is undone whatever it was"),
            Map.entry("operation/Operations", "the one place where anything becomes a result or a give-back"),
            Map.entry("operation/ReconcileHost", "the same for the jobs of hosts"),
            Map.entry("ledger/LedgerRound", "a game that meets a defect must not take the rest of the round with it"),
            Map.entry(
                    "functions/JobBatch",
                    "one message that meets a defect must not take the rest of its batch with it"),
            Map.entry("docker/DockerErrors", "docker-java throws all kinds; they become codes here"),
            Map.entry("cli/OrderlyEnd", "closing goes on whatever fails to close"),
            Map.entry("cli/StackHost", "an engine is closed again whatever came after its start"),
            Map.entry("local/LocalAws", "what was started is closed again whatever came after"),
            Map.entry("local/aws/ElasticMq", "Scala throws what it likes, unchecked and undeclared"),
            Map.entry("local/aws/SecretsServer", "a secret that cannot be read is an answer, and no broken connection"),
            Map.entry("local/aws/S3InMemory", "S3Proxy declares that it throws anything at its start and end"),
            Map.entry("local/lambda/EventSourceMapping", "a poller outlives a failed poll"),
            Map.entry("local/docker/DockerEngine", "what was started is closed again whatever came after"),
            Map.entry("local/docker/TlsFront", "closing goes on whatever fails to close"));

    private static final Pattern CATCH_ALL = Pattern.compile(
            "catch \\((final )?([\\w.]+ \\| )*(RuntimeException|Exception|Throwable|Error)( \\| [\\w.]+)* \\w+\\)");

    /** A name that says nothing of what the class is. */
    private static final Pattern EMPTY_NAME =
            Pattern.compile(".*(Util|Utils|Helper|Helpers|Manager|Impl|Service|Dto|DTO|Common)");

    @Test
    void thereIsSomethingToLookAt() {
        for (String room : List.of(
                "model",
                "wire",
                "action",
                "operation",
                "ledger",
                "port",
                "aws",
                "docker",
                "functions",
                "local",
                "cli")) {
            assertThat(CLASSES.that(resideInAPackage("dev.berth." + room + "..")))
                    .as(room)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "model, ''",
        "action, ''",
        "port, 'model action'",
        "wire, 'model'",
        "operation, 'port action model wire'",
        "ledger, 'model port wire'",
        "aws, 'model port wire action'",
        "docker, 'model port'",
        "functions, 'model port wire action operation ledger aws docker'",
        "local, ''",
        "cli, 'model port wire action operation ledger aws docker local'",
    })
    void aRoomKnowsOnlyTheRoomsThatItStandsOn(String room, String known) {
        List<String> allowed = new ArrayList<>(List.of(inside(room)));
        Stream.of(known.split(" "))
                .filter(each -> !each.isEmpty())
                .map(ArchitectureTest::inside)
                .forEach(allowed::add);

        classes()
                .that(resideInAPackage(inside(room)))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(allowed.toArray(String[]::new)).or(resideOutsideOfPackages("dev.berth..")))
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "model, 'java.. org.jspecify..'",
        "action, 'java.. org.jspecify..'",
        "port, 'java.. org.jspecify..'",
        "operation, 'java.. org.jspecify.. com.fasterxml.jackson..'",
        "wire, 'java.. org.jspecify.. com.fasterxml.jackson..'",
        "ledger, 'java.. org.jspecify.. com.fasterxml.jackson..'",
    })
    void theInnerRoomsKnowFewLibraries(String room, String libraries) {
        List<String> allowed = new ArrayList<>(List.of(libraries.split(" ")));
        allowed.add("dev.berth..");
        DescribedPredicate<JavaClass> known = resideInAnyPackage(allowed.toArray(String[]::new));

        classes()
                .that(resideInAPackage(inside(room)))
                .should()
                .onlyDependOnClassesThat(known.or(DescribedPredicate.describe("are primitive", JavaClass::isPrimitive))
                        .or(DescribedPredicate.describe(
                                "are arrays of those",
                                type -> type.isArray() && known.or(primitive()).test(type.getBaseComponentType()))))
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> primitive() {
        return DescribedPredicate.describe("are primitive", JavaClass::isPrimitive);
    }

    @ParameterizedTest
    @CsvSource({
        "software.amazon.., 'aws local'",
        "com.github.dockerjava.., 'docker'",
        // local runs the functions in Lambda's own runtime client.
        "com.amazonaws.services.lambda.., 'functions local'",
        "com.amazonaws.services.lambda.runtime.events.., 'functions'",
        "org.elasticmq.., 'local'",
        "org.gaul.s3proxy.., 'local'",
        "org.bouncycastle.., 'local'",
        "picocli.., 'cli'",
    })
    void aLibraryIsKnownToOneRoom(String library, String rooms) {
        String[] inside =
                Stream.of(rooms.split(" ")).map(ArchitectureTest::inside).toArray(String[]::new);

        noClasses()
                .that(resideOutsideOfPackages(inside))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .check(CLASSES);
    }

    @Test
    void noPackagesStandOnEachOtherInACircle() {
        slices().matching("dev.berth.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void aClassIsNamedAfterWhatItIs() {
        assertThat(CLASSES.stream()
                        .map(JavaClass::getSimpleName)
                        .filter(name -> EMPTY_NAME.matcher(name).matches()))
                .isEmpty();
    }

    @Test
    void noPackageIsADrawerForAnything() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .noneMatch(name -> name.matches(".*\\.(util|utils|common|impl|manager|service|helper|dto)(\\..*)?"));
    }

    @Test
    void aClassFitsIntoAHead() {
        Map<String, Integer> tooLong = new TreeMap<>();
        sources().forEach((name, text) -> {
            int lines = (int) text.lines().count();
            if (lines > MOST_LINES) {
                tooLong.put(name, lines);
            }
        });

        assertThat(tooLong).as("sources of more than " + MOST_LINES + " lines").isEmpty();
    }

    @Test
    void onlyTheEdgesSpeakToAPerson() {
        assertThat(namesOf(Pattern.compile("System\\.(out|err)\\b")))
                .allMatch(name ->
                        name.startsWith("cli/") || name.startsWith("bench/") || name.equals("functions/Wiring"));
    }

    @Test
    void theEnvironmentIsReadAtTheEdgesOnly() {
        assertThat(namesOf(Pattern.compile("System(\\.|::)getenv\\b")))
                .allMatch(name ->
                        name.startsWith("cli/") || name.startsWith("local/") || name.equals("functions/Wiring"));
    }

    /** Functions that begin from one snapshot would all go on with the same numbers; SecureRandom alone begins anew. */
    @Test
    void chanceOutlivesASnapshot() {
        assertThat(namesOf(Pattern.compile("ThreadLocalRandom|SplittableRandom|new Random\\(\\)|Math\\.random")))
                .allMatch(name -> name.startsWith("cli/") || name.startsWith("bench/") || name.startsWith("local/"));
    }

    @Test
    void everythingIsCaughtOnlyWhereThereIsAReason() {
        assertThat(namesOf(CATCH_ALL)).isSubsetOf(CATCHES_ALL.keySet());
    }

    @Test
    void noReasonIsKeptForWhatIsGone() {
        assertThat(CATCHES_ALL.keySet()).isSubsetOf(namesOf(CATCH_ALL));
    }

    private static Set<String> namesOf(Pattern what) {
        Map<String, String> found = new TreeMap<>();
        sources().forEach((name, text) -> {
            if (what.matcher(text).find()) {
                found.put(name, text);
            }
        });
        return found.keySet();
    }

    /** The main sources of all modules by their names below {@code dev.berth}: {@code model/GameId}. */
    private static Map<String, String> sources() {
        Map<String, String> sources = new TreeMap<>();
        for (String module : MODULES) {
            Path folder = ROOT.resolve(module).resolve("src/main/java/dev/berth");
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    sources.put(folder.relativize(file).toString().replace(".java", ""), Files.readString(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sources;
    }

    private static String inside(String room) {
        return "dev.berth." + room + "..";
    }
}
