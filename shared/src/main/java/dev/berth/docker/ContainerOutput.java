package dev.berth.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a container printed, as it comes from the engine: piece by piece, both of its streams as one text. */
final class ContainerOutput extends ResultCallback.Adapter<Frame> {
    private final StringBuilder text = new StringBuilder();

    private ContainerOutput() {}

    /** The end of it, at most that many lines. */
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
            return output.text.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed(ErrorCode.INTERNAL, "interrupted while reading output", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onNext(Frame frame) {
        text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
    }
}
