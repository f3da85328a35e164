package dev.berth.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A transport whose answers are bounded: what is read of one is kept in memory, and an engine that is broken may send
 * without an end.
 *
 * @param most bytes of one answer
 */
record BoundedAnswers(DockerHttpClient transport, int most) implements DockerHttpClient {
    private static final int MIB = 1 << 20;

    @Override
    public Response execute(Request request) {
        Response answer = transport.execute(request);
        return new Answer(answer, new Body(answer, most));
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }

    private static final class Answer extends PassedOn {
        private final Body body;

        Answer(Response answer, Body body) {
            super(answer);
            this.body = body;
        }

        @Override
        public InputStream getBody() {
            return body;
        }
    }

    private static final class Body extends FilterInputStream {
        private final Response answer;
        private final int most;
        private long read;

        Body(Response answer, int most) {
            super(answer.getBody());
            this.answer = answer;
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int got = super.read(into, from, length);
            count(got);
            return got;
        }

        private void count(int got) {
            read += Math.max(got, 0);
            if (read > most) {
                throw new OperationFailed(
                        ErrorCode.DOCKER_ERROR, "the engine's answer is larger than " + most / MIB + " MiB");
            }
        }

        /** Reads what is left, so that the connection can be used again; docker-java closes this and not the answer. */
        @Override
        public void close() throws IOException {
            try {
                if (read <= most) {
                    transferTo(OutputStream.nullOutputStream());
                }
            } finally {
                answer.close();
            }
        }
    }
}
