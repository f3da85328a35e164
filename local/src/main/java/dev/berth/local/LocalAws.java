package dev.berth.local;

import dev.berth.local.aws.DynamoDbLocal;
import dev.berth.local.aws.ElasticMq;
import dev.berth.local.aws.LocalClients;
import dev.berth.local.aws.Provision;
import dev.berth.local.aws.S3InMemory;
import dev.berth.local.aws.SecretsServer;
import dev.berth.local.aws.Template;
import dev.berth.local.lambda.EventSourceMapping;
import dev.berth.local.lambda.FunctionRuntime;
import dev.berth.local.lambda.LocalFunction;
import dev.berth.local.lambda.Schedules;
import dev.berth.local.process.LocalFailure;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The AWS of a template on this machine: its tables, queues and buckets, and its functions fed from their queues and schedules. */
public final class LocalAws implements AutoCloseable {

    private static final Duration IDLE_LIMIT = Duration.ofMinutes(5);

    private final LocalAwsOptions options;
    private final Template template;
    private final DynamoDbLocal dynamoDb;
    private final ElasticMq elasticMq;
    private final S3InMemory s3;
    private final SecretsServer secrets;
    private final SqsClient sqs;
    private final Map<String, String> tables = new LinkedHashMap<>();
    private final Map<String, String> queueUrls = new LinkedHashMap<>();
    private final Map<String, LocalFunction> functions = new LinkedHashMap<>();
    private final List<EventSourceMapping> mappings = new ArrayList<>();
    private final Schedules schedules;

    private LocalAws(
            LocalAwsOptions options,
            Template template,
            DynamoDbLocal dynamoDb,
            ElasticMq elasticMq,
            S3InMemory s3,
            SecretsServer secrets) {
        this.options = options;
        this.template = template;
        this.dynamoDb = dynamoDb;
        this.elasticMq = elasticMq;
        this.s3 = s3;
        this.secrets = secrets;
        sqs = LocalClients.sqs(elasticMq.endpoint());
        schedules = new Schedules(options.listener());
    }

    /**
     * Starts everything that the options ask for, and returns when it is ready for use.
     *
     * @throws LocalFailure if something cannot be started; nothing is left running then
     */
    public static LocalAws start(LocalAwsOptions options) {
        var template = Template.read(options.template(), options.stackName());
        Executor beside = task -> Thread.ofPlatform().daemon().name("starting").start(task);
        var dynamoDb =
                CompletableFuture.supplyAsync(() -> DynamoDbLocal.start(options.logs(), options.place(0)), beside);
        var elasticMq = CompletableFuture.supplyAsync(() -> ElasticMq.start(options.place(1)), beside);
        var s3 = CompletableFuture.supplyAsync(() -> S3InMemory.start(options.place(2)), beside);
        var secrets =
                CompletableFuture.supplyAsync(() -> SecretsServer.start(options.place(3), options.secrets()), beside);
        try {
            CompletableFuture.allOf(dynamoDb, elasticMq, s3, secrets).join();
        } catch (CompletionException e) {
            dynamoDb.thenAccept(DynamoDbLocal::close).exceptionally(_ -> null).join();
            elasticMq.thenAccept(ElasticMq::close).exceptionally(_ -> null).join();
            s3.thenAccept(S3InMemory::close).exceptionally(_ -> null).join();
            secrets.thenAccept(SecretsServer::close).exceptionally(_ -> null).join();
            throw e.getCause() instanceof LocalFailure failure ? failure : e;
        }
        var aws = new LocalAws(options, template, dynamoDb.join(), elasticMq.join(), s3.join(), secrets.join());
        try {
            aws.provision();
            aws.startFunctions();
            return aws;
        } catch (RuntimeException e) {
            aws.close();
            throw e;
        }
    }

    public String stackName() {
        return template.stackName();
    }

    public String region() {
        return LocalClients.REGION;
    }

    public URI dynamoDb() {
        return dynamoDb.endpoint();
    }

    public URI sqs() {
        return elasticMq.endpoint();
    }

    public URI s3() {
        return s3.endpoint();
    }

    public URI secretsManager() {
        return secrets.endpoint();
    }

    /** A new client, to be closed by the caller. */
    public DynamoDbClient dynamoDbClient() {
        return LocalClients.dynamoDb(dynamoDb.endpoint());
    }

    /** A new client, to be closed by the caller. */
    public SqsClient sqsClient() {
        return LocalClients.sqs(elasticMq.endpoint());
    }

    /** A new client, to be closed by the caller. */
    public S3Client s3Client() {
        return LocalClients.s3(s3.endpoint());
    }

    /** The URL of each queue by logical id. */
    public Map<String, String> queueUrls() {
        return Map.copyOf(queueUrls);
    }

    /**
     * The URL of a queue.
     *
     * @param queue its logical id or its name
     */
    public String queueUrl(String queue) {
        return template.queues().stream()
                .filter(candidate ->
                        candidate.logicalId().equals(queue) || candidate.name().equals(queue))
                .map(candidate -> known(queueUrls, candidate.logicalId(), "queue"))
                .findFirst()
                .orElseThrow(() -> new LocalFailure("The template has no queue " + queue + "."));
    }

    /** The name of the table with that logical id. */
    public String tableName(String logicalId) {
        return known(tables, logicalId, "table");
    }

    /** The name of the bucket with that logical id. */
    public String bucketName(String logicalId) {
        return known(template.buckets(), logicalId, "bucket");
    }

    /** The functions by logical id; none where the options name no code for them. */
    public Map<String, LocalFunction> functions() {
        return Map.copyOf(functions);
    }

    /** The function with that logical id. */
    public LocalFunction function(String logicalId) {
        return known(functions, logicalId, "function");
    }

    /** Ends the functions (their invocations have 15 seconds), then the queues, the tables, the buckets and the secrets. */
    @Override
    public void close() {
        schedules.close();
        mappings.parallelStream().forEach(EventSourceMapping::close);
        functions.values().parallelStream().forEach(LocalFunction::close);
        sqs.close();
        elasticMq.close();
        dynamoDb.close();
        s3.close();
        secrets.close();
    }

    private void provision() {
        try (var client = dynamoDbClient()) {
            tables.putAll(Provision.tables(client, template.tables()));
        }
        queueUrls.putAll(Provision.queues(sqs, template.queues()));
        template.buckets().values().forEach(s3::make);
    }

    private void startFunctions() {
        if (options.code().isEmpty()) {
            return;
        }
        for (var definition : template.functions(logicalId -> known(queueUrls, logicalId, "queue"))) {
            var function = new LocalFunction(runtime(definition));
            functions.put(definition.logicalId(), function);
            definition
                    .queues()
                    .forEach(source -> mappings.add(EventSourceMapping.start(
                            sqs,
                            source,
                            function,
                            queueUrl(source.queue()),
                            options.maxSandboxes(),
                            options.listener())));
            if (options.schedules()) {
                definition.schedules().forEach(schedule -> schedules.invoke(function, schedule));
            }
        }
        schedules.every(
                Duration.ofSeconds(30), () -> functions.values().forEach(function -> function.endIdle(IDLE_LIMIT)));
    }

    private FunctionRuntime runtime(Template.Function definition) {
        var environment = new HashMap<>(options.environment());
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_SQS", elasticMq.endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString());
        return new FunctionRuntime(
                definition,
                options.code(),
                environment,
                options.logs().resolve(definition.logicalId() + ".log"),
                options.listener());
    }

    private static <T> T known(Map<String, T> all, String logicalId, String kind) {
        var value = all.get(logicalId);
        if (value == null) {
            throw new LocalFailure("The template has no " + kind + " " + logicalId + ", or it was not started.");
        }
        return value;
    }
}
