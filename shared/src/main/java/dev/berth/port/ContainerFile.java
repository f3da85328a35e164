package dev.berth.port;

import dev.berth.model.Blob;

/**
 * A regular file that is to be written into a container. It belongs to the container's user where that is a number, and
 * to root otherwise: a name means nothing outside of the container.
 *
 * @param path absolute
 * @param mode its permissions, as chmod counts them
 */
public record ContainerFile(String path, int mode, Blob content) {}
