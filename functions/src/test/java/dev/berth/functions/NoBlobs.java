package dev.berth.functions;

import dev.berth.model.Blob;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.port.Blobs;
import java.util.List;

/** A place that keeps no contents. */
final class NoBlobs implements Blobs {
    @Override
    public void keep(List<Blob> contents) {
        throw new OperationFailed(ErrorCode.STORE_UNAVAILABLE, "nothing is kept here");
    }

    @Override
    public Blob read(String sha256) {
        throw new OperationFailed(ErrorCode.INTERNAL, "nothing is kept here");
    }
}
