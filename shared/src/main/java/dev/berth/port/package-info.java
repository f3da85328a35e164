/**
 * What we need of the world: interfaces, and the values that pass through them.
 *
 * <p>Imports {@code model}, and {@code action} for the deployment that a game item holds. Every method may throw {@link
 * dev.berth.model.OperationFailed} with the code that its foreign failure was translated to.
 */
@NullMarked
package dev.berth.port;

import org.jspecify.annotations.NullMarked;
