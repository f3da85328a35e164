package dev.berth.functions;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.berth.local.aws.Template;
import dev.berth.local.aws.Template.Function;
import dev.berth.local.aws.Template.Queue;
import dev.berth.local.aws.Template.Redrive;
import dev.berth.local.aws.Template.Table;
import dev.berth.model.ImagePolicy;
import dev.berth.model.Limits;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import dev.berth.model.PullPolicy;
import dev.berth.operation.Sweep;
import dev.berth.wire.JobJson;
import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds template.yaml, the handlers and the limits against each other: what one says, the others do. */
final class TemplateTest {
    private static final Pattern VARIABLE = Pattern.compile("\"(BERTH_[A-Z_]+)\"");

    /** Set on the local stack alone. */
    private static final Set<String> LOCAL_VARIABLES = Set.of("BERTH_SECRETS_FILE");

    /** What only a function that is fed by a queue is told, and what only one that sends jobs is. */
    private static final Set<String> OF_THE_FED = Set.of("BERTH_JOBS_QUEUE", "BERTH_DEAD_QUEUE");

    private static final Map<String, String> OF_THE_ARCHIVE =
            Map.of("BERTH_ARCHIVE_BUCKET", "berth-log-archive-000000000000", "BERTH_ARCHIVE_AFTER", "30d");

    private static final Map<String, String> OF_THE_SENDING = Map.of(
            "BERTH_STOP_QUEUE", "URL of StopJobs",
            "BERTH_RESTART_QUEUE", "URL of RestartJobs",
            "BERTH_CLEANUP_QUEUE", "URL of CleanupJobs",
            "BERTH_RECONCILE_QUEUE", "URL of ReconcileJobs");

    private static final Path FILE = LocalBerth.ROOT.resolve("template.yaml");

    private final Template template = Template.read(FILE, "berth");
    private final List<Function> functions = template.functions(id -> "URL of " + id);

    @Test
    void everyHandlerIsOneOfOurs() throws ClassNotFoundException {
        for (Function function : functions) {
            String[] handler = function.handler().split("::", -1);
            Class<?> type = Class.forName(handler[0], false, getClass().getClassLoader());

            assertThat(RequestHandler.class.isAssignableFrom(type) || RequestStreamHandler.class.isAssignableFrom(type))
                    .as(function.handler())
                    .isTrue();
            assertThat(type.getSimpleName()).isEqualTo(function.logicalId());
            assertThat(handler[1]).isEqualTo("handleRequest");
        }
    }

    @Test
    void everyHandlerIsInTheTemplate() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/berth/functions"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith("Function.java"))
                            .map(name -> name.replace(".java", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            functions.stream().map(Function::logicalId).toList());
        }
    }

    @Test
    void everyFunctionHasTheVariablesThatAreReadAndNoOthers() throws IOException {
        String wiring = Files.readString(Path.of("src/main/java/dev/berth/functions/Wiring.java"));
        Set<String> read =
                VARIABLE.matcher(wiring).results().map(match -> match.group(1)).collect(toSet());

        assertThat(functions).isNotEmpty().allSatisfy(function -> {
            assertThat(Stream.of(function.environment().keySet(), LOCAL_VARIABLES, ofOthers(function))
                            .flatMap(Set::stream))
                    .containsExactlyInAnyOrderElementsOf(read);
        });
    }

    /** The variables that only functions of another kind have. */
    private static Set<String> ofOthers(Function function) {
        boolean archives = function.logicalId().equals("ArchiveFunction");
        Set<String> own =
                archives ? OF_THE_ARCHIVE.keySet() : function.queues().isEmpty() ? OF_THE_SENDING.keySet() : OF_THE_FED;
        return Stream.of(OF_THE_ARCHIVE.keySet(), OF_THE_SENDING.keySet(), OF_THE_FED)
                .filter(kind -> !kind.equals(own))
                .flatMap(Set::stream)
                .collect(toSet());
    }

    @Test
    void theArchiveHasARoundADay() {
        Function archive = function("archive");

        assertThat(archive.schedules())
                .singleElement()
                .satisfies(schedule -> assertThat(schedule.every()).isEqualTo(Duration.ofDays(1)));
        assertThat(archive.environment()).containsAllEntriesOf(OF_THE_ARCHIVE);
        assertThat(archive.queues()).isEmpty();
    }

    @Test
    void everyFunctionGivesBackAndBuriesInItsOwnQueues() {
        assertThat(fedByQueues()).allSatisfy(function -> {
            Queue jobs = jobsOf(function);

            assertThat(function.environment())
                    .containsEntry("BERTH_JOBS_QUEUE", "URL of " + jobs.logicalId())
                    .containsEntry("BERTH_DEAD_QUEUE", "URL of " + redrive(jobs).deadLetterQueue())
                    .containsEntry("BERTH_RESULTS_QUEUE", "URL of JobResults");
        });
    }

    @Test
    void theSweepRunsEachOfItsTasksEveryMinuteOnItsOwn() {
        Function sweep = function("sweep");

        assertThat(sweep.schedules())
                .allMatch(schedule -> schedule.every().equals(Duration.ofMinutes(1)))
                .extracting(schedule -> ScheduledSweep.tasks(Json.parse(schedule.input())))
                .containsExactlyInAnyOrder(List.of(Sweep.Task.DUE), List.of(Sweep.Task.RECONCILE));
        assertThat(sweep.environment()).containsAllEntriesOf(OF_THE_SENDING);
        assertThat(sweep.environment()).containsEntry("BERTH_RESULTS_QUEUE", "URL of JobResults");
        assertThat(sweep.queues()).isEmpty();
    }

    @Test
    void noHostWaitsForAnotherOne() {
        assertThat(function("reconcile").queues())
                .singleElement()
                .satisfies(source -> assertThat(source.batchSize()).isOne());
    }

    /** A game that leaves its host is restarted by the reconcile of that host. */
    @Test
    void aHostsTimeCoversAGamesRestart() {
        assertThat(function("reconcile").timeout())
                .isGreaterThanOrEqualTo(function(OpKind.RESTART).timeout());
    }

    @Test
    void everyFunctionKnowsItsTables() {
        assertThat(functions)
                .allSatisfy(function -> assertThat(function.environment())
                        .containsEntry("BERTH_STACK", "berth")
                        .containsEntry("BERTH_GAMES_TABLE", "berth-games")
                        .containsEntry("BERTH_OPERATIONS_TABLE", "berth-operations")
                        .containsEntry("BERTH_JOBS_TABLE", "berth-jobs")
                        .containsEntry("BERTH_BLOBS_TABLE", "berth-blobs")
                        .containsEntry("BERTH_HOSTS_TABLE", "berth-hosts"));
    }

    @Test
    void withoutParametersEveryImageMayBeRun() {
        assertThat(functions).allSatisfy(function -> {
            Map<String, String> environment = function.environment();

            assertThat(ImagePolicy.parse(environment.get("BERTH_ALLOWED_IMAGES"), environment.get("BERTH_PULL_POLICY")))
                    .isEqualTo(ImagePolicy.OPEN);
            assertThat(environment).containsEntry("BERTH_REGISTRIES_SECRET", "");
        });
    }

    @Test
    void everyPullPolicyMayBeAParameter() throws IOException {
        assertThat(Files.readString(FILE))
                .contains(Arrays.stream(PullPolicy.values())
                        .map(PullPolicy::wire)
                        .collect(joining(", ", "AllowedValues: [", "]")));
    }

    @Test
    void aMessageStaysHiddenForSixTimesTheTimeOfItsFunction() {
        assertThat(fedByQueues())
                .allSatisfy(function -> assertThat(jobsOf(function).visibility())
                        .isEqualTo(function.timeout().multipliedBy(6)));
    }

    @Test
    void messagesThatFailedAreGivenBackOneByOne() {
        assertThat(fedByQueues())
                .allSatisfy(function -> assertThat(function.queues())
                        .hasSize(1)
                        .allMatch(Template.QueueSource::reportsItemFailures)
                        // Batches wait for each other only where a window makes them.
                        .allMatch(source -> source.window().isZero()));
    }

    @Test
    void aFunctionsTimeCoversItsLongestCall() {
        for (OpKind kind : carried()) {
            assertThat(function(kind).timeout())
                    .as(kind.wire())
                    .isGreaterThanOrEqualTo(longestCall(kind).plus(Limits.FUNCTION_MARGIN));
        }
    }

    private static Duration longestCall(OpKind kind) {
        Duration change = Stream.of(Limits.CREATE, Limits.START, Limits.REMOVE)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return switch (kind) {
            case STOP, RESTART, PATCH -> Limits.MAX_GRACE.plus(Limits.STOP_EXTRA);
            case START, CLEANUP_CONTAINER, RECONCILE_ADOPT, RECONCILE_DISPOSE -> change;
        };
    }

    @Test
    void everyQueueOfJobsHasADeadQueueBesideIt() {
        List<Queue> jobs = jobQueues();

        assertThat(jobs).isNotEmpty().allSatisfy(queue -> {
            Queue dead = queue(redrive(queue).deadLetterQueue());

            assertThat(dead.name()).isEqualTo(queue.name() + "-dead");
            assertThat(dead.redrive()).isEmpty();
            // A message keeps the age that it had: a dead queue that keeps shorter would lose it.
            assertThat(dead.retention()).isGreaterThanOrEqualTo(queue.retention());
            assertThat(redrive(queue).maxReceiveCount()).isEqualTo(Limits.MAX_DELIVERIES);
        });
        assertThat(template.queues()).hasSize(2 * jobs.size() + 1);
    }

    @Test
    void noTwoFunctionsTakeFromOneQueue() {
        assertThat(fedByQueues())
                .extracting(function -> jobsOf(function).name())
                .doesNotHaveDuplicates();
    }

    @Test
    void resultsGoToTheQueueOfTheContract() {
        assertThat(queue("JobResults").name()).isEqualTo("berth-job-results");
        assertThat(queue("JobResults").redrive()).isEmpty();
    }

    @Test
    void everyKindThatAQueueCarriesHasQueueFunctionAndEvent() {
        Set<String> words = Stream.concat(carried().stream().map(TemplateTest::word), Stream.of("reconcile"))
                .collect(toSet());

        assertThat(jobQueues().stream().map(Queue::name).collect(toSet()))
                .isEqualTo(words.stream().map(TemplateTest::queueName).collect(toSet()));
        for (String word : words) {
            assertThat(jobsOf(function(word)).name()).isEqualTo(queueName(word));
            assertThat(LocalBerth.ROOT.resolve("events/" + word + ".json")).isRegularFile();
        }
    }

    @Test
    void everyFunctionHasAnEventAndEveryEventIsForAFunction() throws IOException {
        try (Stream<Path> events = Files.list(LocalBerth.ROOT.resolve("events"))) {
            Set<String> names = Stream.concat(
                            functions.stream()
                                    .map(function -> function.logicalId()
                                            .replace("Function", "")
                                            .toLowerCase(java.util.Locale.ROOT)),
                            Stream.of("env"))
                    .map(name -> name + ".json")
                    .collect(toSet());
            assertThat(events.map(event -> event.getFileName().toString())).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void everyTableHasTheKeyOfTheContract() {
        assertThat(template.tables())
                .extracting(Table::name)
                .containsExactlyInAnyOrder(
                        "berth-games", "berth-operations", "berth-jobs", "berth-blobs", "berth-hosts");
        assertKey("berth-games", Map.of("game_id", "S"), new Template.Key("game_id", "HASH"));
        assertKey(
                "berth-operations",
                Map.of("game_id", "S", "seq", "N"),
                new Template.Key("game_id", "HASH"),
                new Template.Key("seq", "RANGE"));
        assertKey("berth-jobs", Map.of("job_id", "S"), new Template.Key("job_id", "HASH"));
        assertKey("berth-blobs", Map.of("sha256", "S"), new Template.Key("sha256", "HASH"));
        assertKey("berth-hosts", Map.of("host_id", "S"), new Template.Key("host_id", "HASH"));
    }

    @Test
    void oldEntriesOfTheLogHaveOneBucketOfTheirOwn() {
        assertThat(template.buckets()).isEqualTo(Map.of("LogArchive", "berth-log-archive-000000000000"));
    }

    @Test
    void finishedJobsExpireAndTheLogDoesNot() {
        assertThat(table("berth-jobs").timeToLive()).contains("expires_at");
        assertThat(table("berth-operations").timeToLive()).isEmpty();
        assertThat(table("berth-hosts").timeToLive()).isEmpty();
        assertThat(table("berth-blobs").timeToLive()).isEmpty();
    }

    @Test
    void kindsThatNoQueueCarriesAreABugAndNotARefusal() {
        for (OpKind kind : OpKind.values()) {
            if (!carried().contains(kind)) {
                assertThatThrownBy(() -> JobJson.read(kind, "{\"game_id\":\"g\"}", "m", Instant.EPOCH))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("no queue carries " + kind.wire());
            }
        }
    }

    /** The kinds whose messages are read; an empty one of those is refused, of any other it is a bug to ask. */
    private static List<OpKind> carried() {
        return Arrays.stream(OpKind.values()).filter(TemplateTest::isCarried).toList();
    }

    private static boolean isCarried(OpKind kind) {
        try {
            JobJson.read(kind, "{\"game_id\":\"g\"}", "m", Instant.EPOCH);
            return true;
        } catch (OperationFailed incomplete) {
            return true;
        } catch (IllegalArgumentException notCarried) {
            return false;
        }
    }

    private static String word(OpKind kind) {
        return switch (kind) {
            case START, STOP, RESTART, PATCH -> kind.wire();
            case CLEANUP_CONTAINER -> "cleanup";
            case RECONCILE_ADOPT, RECONCILE_DISPOSE -> "reconcile";
        };
    }

    private static String queueName(String word) {
        return "berth-" + word + "-jobs";
    }

    private Function function(OpKind kind) {
        return function(word(kind));
    }

    private Function function(String word) {
        String name = word + "Function";
        return functions.stream()
                .filter(function -> function.logicalId().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("template.yaml has no " + name));
    }

    private List<Function> fedByQueues() {
        List<Function> fed = functions.stream()
                .filter(function -> !function.queues().isEmpty())
                .toList();
        assertThat(fed).isNotEmpty();
        return fed;
    }

    private Queue jobsOf(Function function) {
        return queue(function.queues().getFirst().queue());
    }

    private Queue queue(String logicalId) {
        return template.queues().stream()
                .filter(queue -> queue.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("template.yaml has no queue " + logicalId));
    }

    private List<Queue> jobQueues() {
        return template.queues().stream()
                .filter(queue -> queue.name().endsWith("-jobs"))
                .toList();
    }

    private static Redrive redrive(Queue queue) {
        return queue.redrive().orElseThrow(() -> new AssertionError(queue.name() + " has no dead queue"));
    }

    private Table table(String name) {
        return template.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void assertKey(String name, Map<String, String> attributes, Template.Key... keys) {
        assertThat(table(name).keys()).containsExactly(keys);
        // Those of indexes are there too.
        assertThat(table(name).attributes()).containsAllEntriesOf(attributes);
    }
}
