package dev.berth.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.port.ContainerFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Sends files into a container that never ran, as a tar of regular files alone: a folder in it would change the mode of
 * the one that is there. Uncompressed, and never into what a game may have prepared: unpacking is where engines were
 * broken out of. Folders that are missing are made by the engine, for root with mode 755.
 */
final class FileTransfer {
    private static final Pattern NUMERIC_USER = Pattern.compile("(?<user>\\d{1,9})(:(?<group>\\d{1,9}))?");

    /** What an engine says when the container's own files are in the way. */
    private static final List<String> REFUSALS = List.of(
            "marked read-only",
            "read-only file system",
            "cannot overwrite directory",
            "not a directory",
            "is a directory",
            "file name too long",
            "too many levels of symbolic links");

    private final DockerClient docker;
    private final String id;

    FileTransfer(DockerClient docker, String id) {
        this.docker = docker;
        this.id = id;
    }

    void send(List<ContainerFile> files) {
        InspectContainerResponse container = docker.inspectContainerCmd(id).exec();
        if (!"created".equals(container.getState().getStatus())) {
            throw new OperationFailed(ErrorCode.INTERNAL, "files are written only into a container that never ran");
        }
        byte[] archive = archive(
                files, Optional.ofNullable(container.getConfig().getUser()).orElse(""));
        try {
            docker.copyArchiveToContainerCmd(id)
                    .withTarInputStream(new ByteArrayInputStream(archive))
                    .withRemotePath("/")
                    .withNoOverwriteDirNonDir(true)
                    .exec();
        } catch (NotFoundException gone) {
            throw gone;
        } catch (DockerException answer) {
            throw isGamesFault(answer) ? refused(answer) : answer;
        }
    }

    private static boolean isGamesFault(DockerException answer) {
        String text = DockerErrors.text(answer).toLowerCase(Locale.ROOT);
        return REFUSALS.stream().anyMatch(text::contains);
    }

    private static OperationFailed refused(DockerException answer) {
        return new OperationFailed(
                ErrorCode.CONTAINER_START_FAILED,
                "the container cannot take the files: " + DockerErrors.text(answer),
                answer);
    }

    /** @param user whom the files belong to: the container's own if it is a number, root if it is a name */
    private static byte[] archive(List<ContainerFile> files, String user) {
        Matcher numeric = NUMERIC_USER.matcher(user);
        boolean known = numeric.matches();
        int owner = known ? Integer.parseInt(numeric.group("user")) : 0;
        int group = known && numeric.group("group") != null ? Integer.parseInt(numeric.group("group")) : 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (ContainerFile file : files) {
                TarArchiveEntry entry = new TarArchiveEntry(file.path(), TarConstants.LF_NORMAL);
                entry.setMode(file.mode());
                entry.setIds(owner, group);
                entry.setNames("", "");
                entry.setSize(file.content().size());
                tar.putArchiveEntry(entry);
                tar.write(file.content().bytes());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
