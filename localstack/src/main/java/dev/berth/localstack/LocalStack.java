package dev.berth.localstack;

import dev.berth.local.aws.AwsServices;
import dev.berth.local.aws.LocalClients;
import java.net.URI;
import java.util.List;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack in a container; all its services answer at one address. */
final class LocalStack implements AwsServices {
    /** What LocalStack is told, so that it neither asks nor tells the world anything, and is ready when it says so. */
    private static final List<String> SETTINGS =
            List.of("DISABLE_EVENTS=1", "SKIP_SSL_CERT_DOWNLOAD=1", "DNS_ADDRESS=0", "EAGER_SERVICE_LOADING=1");

    private final TestEngine engine;
    private final LocalStackContainer container;

    private LocalStack(TestEngine engine, LocalStackContainer container) {
        this.engine = engine;
        this.container = container;
    }

    /**
     * Starts it and returns when its services are ready.
     *
     * @throws NotHere if there is no Docker engine, or it cannot get the image
     */
    static LocalStack start() {
        var engine = TestEngine.start();
        try {
            var image = LocalStackImage.ofProperties();
            image.ensure(engine);
            var container = container(image);
            container.start();
            return new LocalStack(engine, container);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private static LocalStackContainer container(LocalStackImage image) {
        var container = new LocalStackContainer(
                        DockerImageName.parse(image.name()).asCompatibleSubstituteFor("localstack/localstack"))
                .withServices("dynamodb", "sqs", "s3");
        SETTINGS.forEach(setting -> container.withEnv(setting.split("=", 2)[0], setting.split("=", 2)[1]));
        // It would be given the engine's socket, which the engine makes a folder of where there is none.
        container.setBinds(List.of());
        return container;
    }

    @Override
    public URI dynamoDb() {
        return container.getEndpoint();
    }

    @Override
    public URI sqs() {
        return container.getEndpoint();
    }

    @Override
    public URI s3() {
        return container.getEndpoint();
    }

    @Override
    public void makeBucket(String name) {
        try (var client = LocalClients.s3(s3())) {
            client.createBucket(create -> create.bucket(name)
                    .createBucketConfiguration(where -> where.locationConstraint(LocalClients.REGION)));
        }
    }

    @Override
    public void close() {
        try (engine) {
            container.stop();
        }
    }
}
