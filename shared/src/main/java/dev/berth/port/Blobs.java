package dev.berth.port;

import dev.berth.model.Blob;
import dev.berth.model.OperationFailed;
import java.util.List;

/** Contents of files, kept under their hash, so that the games' items stay small. Written once, never changed. */
public interface Blobs {
    /** Keeps the contents; does nothing for those that are there already. */
    void keep(List<Blob> contents);

    /** @throws OperationFailed {@code internal} if there is no content of that hash */
    Blob read(String sha256);
}
