package dev.berth.sim;

import dev.berth.model.Blob;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.port.Blobs;
import java.util.List;
import java.util.Optional;

/** Contents of files in a {@link StoreModel}. */
final class ModelBlobs implements Blobs {
    private final StoreModel store;
    private final ModelGames.Line line;

    ModelBlobs(StoreModel store, ModelGames.Line line) {
        this.store = store;
        this.line = line;
    }

    @Override
    public void keep(List<Blob> contents) {
        contents.forEach(blob ->
                line.request("keep " + blob, () -> store.blobs().putIfAbsent(blob.sha256(), blob) == null));
    }

    @Override
    public Blob read(String sha256) {
        return line.request(
                "read the content " + sha256,
                () -> Optional.ofNullable(store.blobs().get(sha256))
                        .orElseThrow(() ->
                                new OperationFailed(ErrorCode.INTERNAL, "there is no content of hash " + sha256)));
    }
}
