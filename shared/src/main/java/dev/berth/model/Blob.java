package dev.berth.model;

/** The content of a file, known by its hash. */
public final class Blob {
    private final byte[] bytes;
    private final String sha256;

    public Blob(byte[] bytes) {
        this.bytes = bytes.clone();
        this.sha256 = Sha256.hex(this.bytes);
    }

    public String sha256() {
        return sha256;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Blob blob && sha256.equals(blob.sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    @Override
    public String toString() {
        return size() + " bytes, sha256 " + sha256;
    }
}
