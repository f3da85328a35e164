package dev.berth.functions;

import dev.berth.aws.AwsClients;
import dev.berth.aws.DynamoBlobs;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.docker.DockerHosts;
import dev.berth.model.ImagePolicy;
import dev.berth.model.Job;
import dev.berth.model.JobResult;
import dev.berth.operation.Delivery;
import dev.berth.operation.Operations;
import dev.berth.operation.Verdict;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.port.ContainerHost;
import dev.berth.port.Games;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The operations with clients of their own, as the sandbox of a function has them. */
final class Handler implements AutoCloseable {
    private final DynamoDbClient dynamo;
    private final DockerHosts docker = new DockerHosts();
    private final Clock clock;
    private final LocalBerth berth;
    private final ImagePolicy images;

    /** @param clock of this handler alone: one that is ahead finds the leases of the others run out */
    Handler(LocalBerth berth, Clock clock) {
        this(berth, clock, ImagePolicy.OPEN);
    }

    Handler(LocalBerth berth, Clock clock, ImagePolicy images) {
        this.berth = berth;
        this.clock = clock;
        this.images = images;
        this.dynamo = AwsClients.local(
                        berth.aws.dynamoDb(), berth.aws.sqs(), Optional.of(berth.aws.s3()), berth.aws.region())
                .dynamo();
    }

    /** One delivery. */
    Verdict perform(Job job) {
        return perform(job, Breakpoint.none());
    }

    Verdict perform(Job job, Breakpoint breakpoint) {
        return new Operations(world(breakpoint))
                .perform(job, Delivery.until(clock.now().plus(Duration.ofMinutes(1))));
    }

    /** Delivers the job until it is done. A queue would wait in between; when it delivers is not for us to rely on. */
    JobResult finish(Job job) {
        Verdict verdict = Awaitility.await("the end of " + job)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60))
                .until(() -> perform(job), Verdict.Done.class::isInstance);
        return ((Verdict.Done) verdict).result();
    }

    private World world(Breakpoint breakpoint) {
        return new World(
                "berth",
                breakpoint.guarding(Games.class, new DynamoGames(dynamo, berth.tables, clock)),
                new DynamoBlobs(dynamo, berth.tables),
                new DynamoHosts(dynamo, berth.tables, clock),
                (host, left, ended) -> breakpoint.guarding(ContainerHost.class, docker.connect(host, left, ended)),
                _ -> Optional.empty(),
                images,
                new Unheard(),
                _ -> {},
                clock);
    }

    @Override
    public void close() {
        docker.close();
        dynamo.close();
    }

    /** A clock that is ahead of the machine's by so much. */
    static Clock ahead(Duration by) {
        return new Clock() {
            @Override
            public Instant now() {
                return Clock.system().now().plus(by);
            }

            @Override
            public void pause(Duration duration) {
                Clock.system().pause(duration);
            }
        };
    }
}
