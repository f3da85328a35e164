package dev.berth.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Blob;
import dev.berth.model.ContainerPath;
import dev.berth.model.FileSpec;
import dev.berth.model.VolumeSpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The volumes and files of a spec: what stands at paths of the container. */
final class FilesJson {
    private static final int MAX_VOLUMES = 128;
    private static final int MAX_FILES = 32;
    private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");
    private static final int DEFAULT_MODE = 0600;

    private FilesJson() {}

    static List<VolumeSpec> readVolumes(Fields spec) {
        List<VolumeSpec> volumes = spec.objects("volumes", MAX_VOLUMES, FilesJson::readVolume);
        List<String> paths = volumes.stream().map(VolumeSpec::path).toList();
        for (int i = 0; i < paths.size(); i++) {
            int at = i;
            spec.build("volumes[" + i + "].path", () -> first("volumes", paths, at));
        }
        return volumes;
    }

    private static VolumeSpec readVolume(Fields volume) {
        return new VolumeSpec(
                volume.text("name", VolumeSpec::requireName), volume.text("path", VolumeSpec::requirePath));
    }

    /** Reads the files, each by the given reader, and holds them against each other and against the volumes. */
    static List<FileSpec> read(
            Fields spec, Function<Fields, FileSpec> reader, List<VolumeSpec> volumes, boolean readOnly) {
        List<FileSpec> files = spec.objects("files", MAX_FILES, reader);
        List<String> paths = files.stream().map(FileSpec::path).toList();
        for (int i = 0; i < paths.size(); i++) {
            int at = i;
            spec.build(
                    "files[" + i + "].path",
                    () -> besideVolumes(besideFiles(first("files", paths, at), paths), volumes));
        }
        return spec.build("files", () -> bounded(files, readOnly));
    }

    /** A file as a message brings it, with its content. */
    static FileSpec received(Fields file, Consumer<Blob> contents) {
        String path = file.text("path", FileSpec::requirePath);
        int mode = mode(file).orElse(DEFAULT_MODE);
        Optional<Blob> text = file.optionalText("content", content -> new Blob(content.getBytes(UTF_8)));
        Optional<Blob> bytes = file.optionalText("content_base64", content -> new Blob(decoded(content)));
        Blob content = file.build("content", () -> oneOf(text, bytes));
        FileSpec read = new FileSpec(path, content.sha256(), content.size(), mode);
        contents.accept(content);
        return read;
    }

    /** A file as it is kept: its content lies elsewhere, under its hash. */
    static FileSpec stored(Fields file) {
        return new FileSpec(
                file.text("path", path -> path),
                file.text("sha256", hash -> hash),
                (int) file.whole("size", 0, FileSpec.MAX_SIZE),
                mode(file).orElse(DEFAULT_MODE));
    }

    private static Optional<Integer> mode(Fields file) {
        return file.optionalText("mode", mode -> {
            if (!MODE.matcher(mode).matches()) {
                throw new IllegalArgumentException("must be three octal digits such as 0600");
            }
            return Integer.parseInt(mode, 8);
        });
    }

    private static byte[] decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            // The decoder takes what lacks its padding, or has bits in it.
            if (Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // It would quote the content.
        }
        throw new IllegalArgumentException("must be base64 with its padding, without line ends");
    }

    private static Blob oneOf(Optional<Blob> text, Optional<Blob> bytes) {
        if (text.isPresent() == bytes.isPresent()) {
            throw new IllegalArgumentException("must be there, or content_base64, and not both");
        }
        return text.or(() -> bytes).orElseThrow();
    }

    // --- how one path may stand beside another: a refusal names the other field, not what stands there ---

    private static String first(String list, List<String> paths, int at) {
        String path = paths.get(at);
        if (paths.indexOf(path) < at) {
            throw new IllegalArgumentException("must not be that of " + list + "[" + paths.indexOf(path) + "] again");
        }
        return path;
    }

    private static String besideFiles(String path, List<String> files) {
        for (int i = 0; i < files.size(); i++) {
            if (!files.get(i).equals(path) && ContainerPath.isWithin(path, files.get(i))) {
                throw new IllegalArgumentException("must not be below that of files[" + i + "]");
            }
        }
        return path;
    }

    /** A file in a volume would be hidden by it, or be written to what is kept over restarts. */
    private static String besideVolumes(String path, List<VolumeSpec> volumes) {
        for (int i = 0; i < volumes.size(); i++) {
            String volume = volumes.get(i).path();
            if (ContainerPath.isWithin(path, volume) || ContainerPath.isWithin(volume, path)) {
                throw new IllegalArgumentException("must not be in or above that of volumes[" + i + "]");
            }
        }
        return path;
    }

    private static List<FileSpec> bounded(List<FileSpec> files, boolean readOnly) {
        if (files.stream().mapToInt(FileSpec::size).sum() > FileSpec.MAX_SIZE) {
            throw new IllegalArgumentException("must have at most " + FileSpec.MAX_SIZE + " bytes together");
        }
        if (readOnly && !files.isEmpty()) {
            throw new IllegalArgumentException("must be empty for a container that is read_only");
        }
        return files;
    }

    static void write(ObjectNode json, VolumeSpec volume) {
        json.put("name", volume.name());
        json.put("path", volume.path());
    }

    static void write(ObjectNode json, FileSpec file) {
        json.put("path", file.path());
        json.put("sha256", file.sha256());
        json.put("size", file.size());
        json.put("mode", String.format("%04o", file.mode()));
    }
}
