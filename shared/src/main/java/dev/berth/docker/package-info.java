/**
 * How with Docker: a container host over mutual TLS, through docker-java.
 *
 * <p>The only room that imports docker-java. Knows the ports, never an operation.
 */
@NullMarked
package dev.berth.docker;

import org.jspecify.annotations.NullMarked;
