package dev.berth.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * The transport of one call whose answer is a stream. docker-java waits for such an answer on a thread of its own that
 * nobody can interrupt; whoever gives up meanwhile would leave the connection taken. Closing this one frees it.
 */
final class StreamingCall implements DockerHttpClient {
    private final DockerClientConfig config;
    private final DockerHttpClient shared;
    private final ExecutorService calls;
    private Optional<Future<Response>> answer = Optional.empty();
    private boolean givenUp;

    StreamingCall(DockerClientConfig config, DockerHttpClient shared, ExecutorService calls) {
        this.config = config;
        this.shared = shared;
        this.calls = calls;
    }

    /** A client for this call alone, over the shared connections. */
    DockerClient client() {
        return DockerClientImpl.getInstance(config, this);
    }

    @Override
    public Response execute(Request request) {
        try {
            return begin(request).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the engine", e);
        }
    }

    private synchronized Future<Response> begin(Request request) {
        Future<Response> begun = calls.submit(() -> shared.execute(request));
        answer = Optional.of(begun);
        if (givenUp) {
            begun.cancel(true);
        }
        return begun;
    }

    /** Gives up an answer that has not begun; the connections stay open for others. */
    @Override
    public synchronized void close() {
        givenUp = true;
        answer.ifPresent(begun -> begun.cancel(true));
    }
}
