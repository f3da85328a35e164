package dev.berth.bench;

import dev.berth.aws.DynamoBlobs;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.aws.Tables;
import dev.berth.model.HostResult;
import dev.berth.model.ImagePolicy;
import dev.berth.model.JobResult;
import dev.berth.model.TraceHeader;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.port.ContainerHosts;
import dev.berth.port.Results;
import dev.berth.port.Telemetry;
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

    private static final class Unheard implements Results {
        @Override
        public void publish(JobResult result, Optional<TraceHeader> trace) {}

        @Override
        public void publish(HostResult result, Optional<TraceHeader> trace) {}
    }
}
