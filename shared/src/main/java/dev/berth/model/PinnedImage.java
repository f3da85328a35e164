package dev.berth.model;

/**
 * What an image reference meant when it was used.
 *
 * @param digest {@code sha256:...}: of the registry's manifest, or the image's own id where it came from no registry
 */
public record PinnedImage(ImageRef ref, String digest) {}
