/**
 * Docker engines on this machine, reached like any other one: over mutual TLS. May import the process room and BouncyCastle (for
 * making certificates, never for using them). Speaks the Engine API with the JDK's own HTTP client, so that it proves something
 * about the Docker client of the modules above.
 */
@NullMarked
package dev.berth.local.docker;

import org.jspecify.annotations.NullMarked;
