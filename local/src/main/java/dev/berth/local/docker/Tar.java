package dev.berth.local.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A tar archive (ustar) in memory: everything in it belongs to root. */
final class Tar {

    private static final int BLOCK = 512;

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    Tar folder(String path) {
        return entry(path + "/", 0755, '5', "", new byte[0]);
    }

    Tar file(String path, int mode, byte[] content) {
        return entry(path, mode, '0', "", content);
    }

    Tar file(String path, int mode, String content) {
        return file(path, mode, content.getBytes(StandardCharsets.UTF_8));
    }

    Tar link(String path, String target) {
        return entry(path, 0777, '2', target, new byte[0]);
    }

    byte[] bytes() {
        var all = archive.toByteArray();
        return Arrays.copyOf(all, all.length + 2 * BLOCK);
    }

    private Tar entry(String path, int mode, char type, String target, byte[] content) {
        var header = new byte[BLOCK];
        put(header, 0, path);
        put(header, 100, "%07o".formatted(mode));
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(content.length));
        put(header, 136, "%011o".formatted(0));
        put(header, 148, "        ");
        put(header, 156, String.valueOf(type));
        put(header, 157, target);
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        archive.writeBytes(header);
        archive.writeBytes(Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK));
        return this;
    }

    private static void put(byte[] header, int offset, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
