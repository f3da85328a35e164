package dev.berth.model;

/**
 * Where a port of a running container answers.
 *
 * @param container the port inside the container
 * @param host the address of the Docker host
 * @param port the port on that address
 */
public record Endpoint(int container, Protocol protocol, String host, int port) {}
