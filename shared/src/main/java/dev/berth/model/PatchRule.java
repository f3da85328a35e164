package dev.berth.model;

import java.util.Optional;

/** What a patch may change: the same repository, the same major and minor version. */
public final class PatchRule {
    private PatchRule() {}

    /**
     * Why the one image cannot be patched to the other; empty if it can.
     *
     * @return {@code image_ref_not_semver} if one of the two tells no version, {@code semver_patch_only} if the wanted
     *     one is no patch of the running one
     */
    public static Optional<Failure> check(ImageRef running, ImageRef wanted) {
        Optional<SemanticVersion> from = running.version();
        Optional<SemanticVersion> to = wanted.version();
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.of(new Failure(
                    ErrorCode.IMAGE_REF_NOT_SEMVER,
                    (to.isEmpty() ? wanted : running) + " has no tag of the form MAJOR.MINOR.PATCH"));
        }
        if (!wanted.repository().equals(running.repository())) {
            return Optional.of(new Failure(
                    ErrorCode.SEMVER_PATCH_ONLY,
                    wanted + " is of another repository than " + running + ", which runs"));
        }
        if (!to.get().isOfSameMinor(from.get())) {
            return Optional.of(new Failure(
                    ErrorCode.SEMVER_PATCH_ONLY,
                    wanted + " is of another major or minor version than " + running + ", which runs"));
        }
        return Optional.empty();
    }
}
