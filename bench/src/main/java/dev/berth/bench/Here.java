package dev.berth.bench;

import dev.berth.aws.DynamoBlobs;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.aws.Tables;
import dev.berth.model.HostId;
import dev.berth.model.HostResult;
import dev.berth.model.ImagePolicy;
import dev.berth.model.JobId;
import dev.berth.model.JobResult;
import dev.berth.model.OpSource;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.Sha256;
import dev.berth.model.TraceHeader;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.port.ContainerHosts;
import dev.berth.port.Results;
import dev.berth.port.Telemetry;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The operations in this process, where what they ask for can be counted; nobody waits for their results. */
final class Here {
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
