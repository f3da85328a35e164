package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Blob;
import dev.berth.model.ErrorCode;
import dev.berth.model.FileSpec;
import dev.berth.model.Sha256;
import dev.berth.port.Blobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Keeping the contents of files. */
public abstract class BlobsContract {
    private final Blobs blobs;

    protected BlobsContract(Blobs blobs) {
        this.blobs = blobs;
    }

    private static Blob text(String text) {
        return new Blob(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private void assertKept(Blob blob) {
        assertThat(blobs.read(blob.sha256()).bytes()).isEqualTo(blob.bytes());
    }

    @Test
    void aContentIsReadBackByteForByte() {
        byte[] everyByte = new byte[256];
        for (int i = 0; i < everyByte.length; i++) {
            everyByte[i] = (byte) i;
        }
        List<Blob> contents =
                List.of(new Blob(everyByte), text(Samples.unique(Samples.AWKWARD)), text("line\r\n"), text("\0"));

        blobs.keep(contents);

        contents.forEach(this::assertKept);
    }

    @Test
    void anEmptyContentIsOneToo() {
        Blob empty = new Blob(new byte[0]);

        blobs.keep(List.of(empty));

        assertKept(empty);
    }

    @Test
    void theLargestContentIsKept() {
        byte[] bytes = new byte[FileSpec.MAX_SIZE];
        new Random(Samples.unique("seed").hashCode()).nextBytes(bytes);
        Blob large = new Blob(bytes);

        blobs.keep(List.of(large));

        assertKept(large);
    }

    @Test
    void asManyAsASpecMayHaveAreKeptAtOnce() {
        List<Blob> contents = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            contents.add(text(Samples.unique("content")));
        }

        blobs.keep(contents);

        contents.forEach(this::assertKept);
    }

    @Test
    void keepingAContentAgainChangesNothingAndKeepsTheOthers() {
        Blob known = text(Samples.unique("known"));
        Blob other = text(Samples.unique("other"));
        blobs.keep(List.of(known));

        blobs.keep(List.of(known, known, other));

        assertKept(known);
        assertKept(other);
    }

    @Test
    void keepingNothingIsNoError() {
        blobs.keep(List.of());
    }

    @Test
    void aContentThatWasNeverKeptIsAFaultOfOurs() {
        String hash = Sha256.hex(Samples.unique("never kept"));

        StoreContract.assertFails(ErrorCode.INTERNAL, () -> blobs.read(hash));
    }
}
