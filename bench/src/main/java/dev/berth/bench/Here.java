package dev.berth.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.DynamoBlobs;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.aws.Tables;
import dev.berth.model.HostId;
import dev.berth.model.HostResult;
import dev.berth.model.ImagePolicy;
import dev.berth.model.Job;
import dev.berth.model.JobId;
import dev.berth.model.JobResult;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.Outcome;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.Sha256;
import dev.berth.model.TraceHeader;
import dev.berth.operation.Delivery;
import dev.berth.operation.Operations;
import dev.berth.operation.Verdict;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.port.ContainerHosts;
import dev.berth.port.Results;
import dev.berth.port.Telemetry;
import dev.berth.wire.JobJson;
import dev.berth.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The operations in this process, where what they ask for can be counted; nobody waits for their results. */
final class Here {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Here() {}

    static World world(DynamoDbClient dynamo, ContainerHosts hosts, Telemetry telemetry, Clock clock) {
        Tables tables = Tables.of(Lab.STACK);
        return new World(
                Lab.STACK,
                new DynamoGames(dynamo, tables, clock),
                new DynamoBlobs(dynamo, tables),
                new DynamoHosts(dynamo, tables, clock),
                hosts,
                _ -> Optional.empty(),
                ImagePolicy.OPEN,
                new Unheard(),
                telemetry,
                clock);
    }

    /** @throws IllegalStateException if the job fails */
    static void perform(Operations operations, OpKind kind, ObjectNode message) {
        Job job = JobJson.read(kind, Json.write(message), "message", Instant.now());
        Verdict verdict = operations.perform(job, delivery());
        if (!(verdict instanceof Verdict.Done done) || done.result().outcome() != Outcome.SUCCESS) {
            throw new IllegalStateException(message + ": " + verdict);
        }
    }

    static Delivery delivery() {
        return Delivery.until(Instant.now().plus(LIMIT));
    }

    /** A look at a host that is asked for now. */
    static ReconcileJob look(HostId host, String id, Instant now) {
        Request request = new Request(
                new JobId(id), OpSource.AUTO_RECONCILE, Optional.empty(), now, Optional.empty(), Sha256.hex(id));
        return new ReconcileJob(host, request);
    }

    private static final class Unheard implements Results {
        @Override
        public void publish(JobResult result, Optional<TraceHeader> trace) {}

        @Override
        public void publish(HostResult result, Optional<TraceHeader> trace) {}
    }
}
