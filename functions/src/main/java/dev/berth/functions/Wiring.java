package dev.berth.functions;

import dev.berth.aws.AwsClients;
import dev.berth.aws.DynamoBlobs;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.aws.DynamoLogPruning;
import dev.berth.aws.DynamoOperationLog;
import dev.berth.aws.EmfTelemetry;
import dev.berth.aws.ManagedSecrets;
import dev.berth.aws.S3Archive;
import dev.berth.aws.SecretsFile;
import dev.berth.aws.SqsJobQueue;
import dev.berth.aws.SqsJobQueues;
import dev.berth.aws.SqsResults;
import dev.berth.aws.Tables;
import dev.berth.docker.ConfigLogins;
import dev.berth.docker.DockerHosts;
import dev.berth.ledger.Archiving;
import dev.berth.ledger.Ledger;
import dev.berth.ledger.LedgerRound;
import dev.berth.ledger.Verifier;
import dev.berth.model.ImagePolicy;
import dev.berth.model.Limits;
import dev.berth.model.OpKind;
import dev.berth.model.TraceHeader;
import dev.berth.operation.Operations;
import dev.berth.operation.ReconcileHost;
import dev.berth.operation.SideBySide;
import dev.berth.operation.Sweep;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.port.Secrets;
import dev.berth.port.Telemetry;
import dev.berth.wire.Times;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** From the environment to the operations: built once for each sandbox. Every environment variable is read here. */
final class Wiring {
    private final Environment environment;
    private final AwsClients aws = new AwsClients();
    private final Tables tables;
    private final World world;
    private final Operations operations;
    private final Clock clock = Clock.system();
    private final Telemetry telemetry;

    private Wiring(Environment environment) {
        Limits.check();
        this.environment = environment;
        DynamoDbClient dynamo = aws.dynamo();
        this.tables = new Tables(
                environment.required("BERTH_GAMES_TABLE"),
                environment.required("BERTH_OPERATIONS_TABLE"),
                environment.required("BERTH_JOBS_TABLE"),
                environment.required("BERTH_BLOBS_TABLE"),
                environment.required("BERTH_HOSTS_TABLE"));
        Secrets secrets = secrets();
        String games = environment.required("BERTH_GAME_SECRETS");
        String hosts = environment.required("BERTH_HOST_SECRETS");
        Optional<String> logins = environment.optional("BERTH_REGISTRIES_SECRET");
        String stack = environment.required("BERTH_STACK");
        this.telemetry = new EmfTelemetry(stack, clock, System.out::println);
        this.world = new World(
                stack,
                new DynamoGames(dynamo, tables, clock),
                new DynamoBlobs(dynamo, tables),
                new DynamoHosts(dynamo, tables, clock),
                new DockerHosts(new ConfigLogins(() -> logins.flatMap(secrets::find)), ofHosts(secrets, hosts)),
                ofGames(secrets, games, hosts, logins),
                ImagePolicy.parse(
                        environment.optional("BERTH_ALLOWED_IMAGES").orElse(""),
                        environment.optional("BERTH_PULL_POLICY").orElse("")),
                new SqsResults(aws.sqs(), environment.required("BERTH_RESULTS_QUEUE")),
                telemetry,
                clock);
        this.operations = new Operations(world);
    }

    /** From a file where one is named, as on the local stack; else from Secrets Manager. */
    private Secrets secrets() {
        return environment
                .optional("BERTH_SECRETS_FILE")
                .<Secrets>map(file -> new SecretsFile(Path.of(file)))
                .orElseGet(() -> new ManagedSecrets(aws::secrets, clock));
    }

    /**
     * Whoever may send jobs may read in a container what they name: so that is not every secret, and never the logins or
     * the material of a host, whatever the prefixes are.
     */
    static Secrets ofGames(Secrets all, String prefix, String hosts, Optional<String> logins) {
        return name -> name.startsWith(prefix) && !name.startsWith(hosts) && !logins.equals(Optional.of(name))
                ? all.find(name)
                : Optional.empty();
    }

    static Secrets ofHosts(Secrets all, String prefix) {
        return name -> name.startsWith(prefix) ? all.find(name) : Optional.empty();
    }

    static Wiring fromEnvironment() {
        return new Wiring(System::getenv);
    }

    /** @throws IllegalStateException if the function is not told its queues */
    JobBatch batch(OpKind kind) {
        return batch(new GameJobs(kind, operations, world.hosts()));
    }

    /** @throws IllegalStateException if the function is not told its queues */
    JobBatch reconciles() {
        return batch(new HostJobs(new ReconcileHost(world, operations, SideBySide.threads())));
    }

    private JobBatch batch(Jobs jobs) {
        SqsJobQueue queue = new SqsJobQueue(
                aws.sqs(), environment.required("BERTH_JOBS_QUEUE"), environment.required("BERTH_DEAD_QUEUE"));
        return new JobBatch(jobs, queue, telemetry, clock);
    }

    /** @throws IllegalStateException if the function is not told the queues that a sweep sends to */
    ScheduledSweep sweep() {
        SqsJobQueues queues = new SqsJobQueues(
                aws.sqs(),
                Map.of(
                        OpKind.STOP, environment.required("BERTH_STOP_QUEUE"),
                        OpKind.RESTART, environment.required("BERTH_RESTART_QUEUE"),
                        OpKind.CLEANUP_CONTAINER, environment.required("BERTH_CLEANUP_QUEUE")),
                environment.required("BERTH_RECONCILE_QUEUE"));
        Sweep sweep = new Sweep(world, operations, queues, SideBySide.threads());
        return new ScheduledSweep(sweep, telemetry, clock, Wiring::trace);
    }

    /** @throws IllegalStateException if the function is not told its archive */
    ScheduledArchive archive() {
        S3Archive archive = new S3Archive(aws.s3(), environment.required("BERTH_ARCHIVE_BUCKET"));
        Duration age = Times.duration(environment.required("BERTH_ARCHIVE_AFTER"));
        DynamoOperationLog log = new DynamoOperationLog(aws.dynamo(), tables);
        LedgerRound round = new LedgerRound(
                world.games(),
                new Verifier(new Ledger(log, archive), world.games()),
                new Archiving(log, new DynamoLogPruning(aws.dynamo(), tables), archive, clock, age),
                telemetry,
                clock,
                new SecureRandom());
        return new ScheduledArchive(round, telemetry, clock, Wiring::trace);
    }

    /** Where Lambda's runtime says to which trace the invocation belongs that goes on. */
    private static Optional<TraceHeader> trace() {
        return TraceHeader.find(System.getProperty("com.amazonaws.xray.traceHeader"));
    }

    /** The environment's variables, by name; null where one is not set. */
    private interface Environment {
        @Nullable
        String get(String name);

        /** Empty also if it is blank, which is how template.yaml says that there is none. */
        default Optional<String> optional(String name) {
            return Optional.ofNullable(get(name)).filter(value -> !value.isBlank());
        }

        /** @throws IllegalStateException that names the variable, if it is not set */
        default String required(String name) {
            return optional(name)
                    .orElseThrow(() -> new IllegalStateException(
                            "environment variable " + name + " is not set; see template.yaml"));
        }
    }
}
