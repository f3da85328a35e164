package dev.berth.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A transport that closes itself once it is retired and the last of its calls has ended. */
final class RetiringTransport {
    private final DockerHttpClient transport;
    private int parts;
    private boolean retired;

    RetiringTransport(DockerHttpClient transport) {
        this.transport = transport;
    }

    /** One call over this transport; it ends with its answer's. */
    interface Part {
        DockerHttpClient.Response execute(DockerHttpClient.Request request);
    }

    synchronized Part takePart() {
        parts++;
        return this::execute;
    }

    private DockerHttpClient.Response execute(DockerHttpClient.Request request) {
        boolean answered = false;
        try {
            DockerHttpClient.Response answer = new Answer(transport.execute(request), new AtomicBoolean(), this::leave);
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                leave();
            }
        }
    }

    private synchronized void leave() {
        parts--;
        closeIfUnused();
    }

    synchronized void retire() {
        retired = true;
        closeIfUnused();
    }

    private void closeIfUnused() {
        if (retired && parts == 0) {
            try {
                close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Breaks off what is under way. */
    void close() throws IOException {
        transport.close();
    }

    private record Answer(DockerHttpClient.Response answer, AtomicBoolean closed, Runnable end)
            implements DockerHttpClient.Response {
        @Override
        public int getStatusCode() {
            return answer.getStatusCode();
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return answer.getHeaders();
        }

        @Override
        public @Nullable String getHeader(String name) {
            return answer.getHeader(name);
        }

        @Override
        public InputStream getBody() {
            return answer.getBody();
        }

        @Override
        public void close() {
            answer.close();
            if (closed.compareAndSet(false, true)) {
                end.run();
            }
        }
    }
}
