package dev.berth.functions;

import com.github.dockerjava.transport.DockerHttpClient;
import dev.berth.docker.DockerHosts;
import dev.berth.local.costs.CountedDynamo;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What goes out to DynamoDB and to Docker engines, as it is on the wire. */
final class Counted {
    final CountedDynamo dynamo = new CountedDynamo();

    /** Each call by method and path, without ids and names. */
    final Queue<String> docker = new ConcurrentLinkedQueue<>();

    void clear() {
        dynamo.clear();
        docker.clear();
    }

    /** Hosts whose calls are noted, to be closed by the caller. */
    DockerHosts docker() {
        return new DockerHosts(Transport::new);
    }

    private final class Transport implements DockerHttpClient {
        private final DockerHttpClient transport;

        Transport(DockerHttpClient transport) {
            this.transport = transport;
        }

        @Override
        public Response execute(Request request) {
            List<String> path = List.of(request.path().replaceFirst("\\?.*", "").split("/"));
            docker.add(request.method() + " /" + path.get(1) + "/" + path.getLast());
            return transport.execute(request);
        }

        @Override
        public void close() throws IOException {
            transport.close();
        }
    }
}
