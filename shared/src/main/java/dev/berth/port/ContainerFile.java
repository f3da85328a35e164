package dev.berth.port;

import dev.berth.model.Blob;

/**
 * A regular file that is to be written into a container.
 *
 * @param path absolute
 * @param mode its permissions, as chmod counts them
 */
public record ContainerFile(String path, int mode, Blob content) {}
