package dev.berth.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.berth.model.ErrorCode;
import dev.berth.model.ImageRef;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.model.PinnedImage;
import dev.berth.port.ContainerHost.Image;
import dev.berth.port.ContainerHost.StoredImage;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The images of one Docker engine. */
final class DockerImages {
    private static final String OURS = "berth-";
    private static final int DIGEST_FROM = "sha256:".length();
    private static final int DIGEST_UNTIL = DIGEST_FROM + 12;
    private static final Pattern ID = Pattern.compile("sha256:[0-9a-f]{64}");

    private final DockerClient docker;
    private final TimeLimit time;

    DockerImages(DockerClient docker, TimeLimit time) {
        this.docker = docker;
        this.time = time;
    }

    Optional<Image> find(ImageRef ref) {
        return lookUp(ref.exact(), found -> new Image(id(found), digest(ref, found)));
    }

    private static String digest(ImageRef ref, InspectImageResponse found) {
        return ref.digest()
                .or(() -> listed(found.getRepoDigests())
                        .map(ImageRef::new)
                        .filter(known -> known.repository().equals(ref.repository()))
                        .flatMap(known -> known.digest().stream())
                        .findFirst())
                .orElseGet(() -> id(found));
    }

    Optional<Image> find(PinnedImage image) {
        Function<InspectImageResponse, Image> pinned = found -> new Image(id(found), image.digest());
        // What was imported and never pulled has no digest but its own id.
        return lookUp(image.ref().name() + "@" + image.digest(), pinned).or(() -> lookUp(image.digest(), pinned));
    }

    private <T> Optional<T> lookUp(String exact, Function<InspectImageResponse, T> told) {
        return time.within(
                Limits.READ, "look at the image", () -> inspect(exact).map(told));
    }

    private Optional<InspectImageResponse> inspect(String exact) {
        try {
            return Optional.of(docker.inspectImageCmd(exact).exec());
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    private Optional<InspectImageResponse> inspectById(String id) {
        Optional<InspectImageResponse> found = inspect(id);
        if (found.filter(image -> !id(image).equals(id)).isPresent()) {
            throw new OperationFailed(ErrorCode.DOCKER_ERROR, "the engine tells of another image than " + id);
        }
        return found;
    }

    /** Tags what was pulled: a pull alone leaves no trace of when it was, and the image may be years old. */
    Image arrived(ImageRef ref) {
        String tag = ref.digest()
                .map(digest -> OURS + digest.substring(DIGEST_FROM, DIGEST_UNTIL))
                .or(ref::tag)
                .orElse("latest");
        time.within(Limits.READ, "tag the pulled image", () -> {
            try {
                return docker.tagImageCmd(ref.exact(), ref.name(), tag).exec();
            } catch (NotFoundException gone) {
                // Removed by somebody else in the meantime, and not found below.
                return null;
            }
        });
        return find(ref)
                .orElseThrow(() ->
                        new OperationFailed(ErrorCode.IMAGE_PULL_FAILED, "the pulled image " + ref + " is not there"));
    }

    List<StoredImage> all() {
        return time.within(
                Limits.READ,
                "list the images",
                () -> docker.listImagesCmd().exec().stream()
                        .flatMap(listed -> inspectById(listed.getId()).stream())
                        .map(found -> new StoredImage(id(found), names(found).toList(), since(found)))
                        .toList());
    }

    private static Instant since(InspectImageResponse found) {
        // docker-java does not know of it by name.
        Object tagged =
                found.getRawValues().get("Metadata") instanceof Map<?, ?> metadata ? metadata.get("LastTagTime") : null;
        return Stream.of(instant(found.getCreated()), instant(tagged))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static Optional<Instant> instant(@Nullable Object text) {
        return text instanceof String told && !told.isEmpty()
                ? Optional.of(OffsetDateTime.parse(told).toInstant())
                : Optional.empty();
    }

    boolean remove(String id) {
        return time.within(Limits.REMOVE, "remove the image", () -> {
            try {
                docker.removeImageCmd(id).exec();
                return true;
            } catch (NotFoundException gone) {
                return true;
            } catch (ConflictException refused) {
                return hasManyNames(refused) && isUnused(id) && removeByName(id);
            }
        });
    }

    /** An engine removes by its id only what has one name; and it says so before it looks whether it is in use. */
    private static boolean hasManyNames(ConflictException refused) {
        return DockerErrors.text(refused).contains("referenced in multiple repositories");
    }

    private boolean isUnused(String id) {
        return docker.listContainersCmd()
                .withShowAll(true)
                .withAncestorFilter(List.of(id))
                .exec()
                .isEmpty();
    }

    private boolean removeByName(String id) {
        return inspectById(id).stream().flatMap(DockerImages::names).allMatch(this::removeName);
    }

    private boolean removeName(String name) {
        try {
            docker.removeImageCmd(name).exec();
            return true;
        } catch (NotFoundException gone) {
            // A digest goes with the last tag.
            return true;
        } catch (ConflictException used) {
            return false;
        }
    }

    private static String id(InspectImageResponse found) {
        return Optional.ofNullable(found.getId())
                .filter(id -> ID.matcher(id).matches())
                .orElseThrow(() ->
                        new OperationFailed(ErrorCode.DOCKER_ERROR, "the engine tells an image's id that is none"));
    }

    /** An image is removed by these: nothing but a reference may stand in the path of a request. */
    private static Stream<String> names(InspectImageResponse found) {
        return Stream.concat(listed(found.getRepoTags()), listed(found.getRepoDigests()))
                .map(name -> new ImageRef(name).value());
    }

    private static Stream<String> listed(@Nullable List<String> names) {
        return Optional.ofNullable(names).stream().flatMap(List::stream).filter(name -> !name.contains("<none>"));
    }
}
