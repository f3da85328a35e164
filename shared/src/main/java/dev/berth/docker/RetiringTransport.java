package dev.berth.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;

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
            DockerHttpClient.Response answer = new Answer(transport.execute(request), this::leave);
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

    private static final class Answer extends PassedOn {
        private final AtomicBoolean closed = new AtomicBoolean();
        private final Runnable end;

        Answer(DockerHttpClient.Response answer, Runnable end) {
            super(answer);
            this.end = end;
        }

        @Override
        public void close() {
            super.close();
            if (closed.compareAndSet(false, true)) {
                end.run();
            }
        }
    }
}
