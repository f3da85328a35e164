package dev.berth.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a container printed, as it comes from the engine: piece by piece, both of its streams as one text. */
final class ContainerOutput extends ResultCallback.Adapter<Frame> {
    /** More than an error can tell, also once values are masked in it. */
    private static final int KEPT_BYTES = 64 * 1024;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private ContainerOutput() {}

    /** The end of it, at most that many lines, however long they are. */
    static String of(String id, int lines, StreamingCall call) {
        try (call;
                ContainerOutput output = new ContainerOutput()) {
            call.client()
                    .logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(lines)
                    .exec(output)
                    .awaitCompletion();
            return output.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed(ErrorCode.INTERNAL, "interrupted while reading output", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onNext(Frame frame) {
        printed.writeBytes(frame.getPayload());
        if (printed.size() > 2 * KEPT_BYTES) {
            byte[] all = printed.toByteArray();
            printed.reset();
            printed.write(all, all.length - KEPT_BYTES, KEPT_BYTES);
        }
    }

    private String end() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
