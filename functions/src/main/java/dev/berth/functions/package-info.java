/**
 * The Lambda handlers: one for each operation, a few lines each; the work is done in {@code operation}.
 *
 * <p>The only place with Lambda types.
 */
@NullMarked
package dev.berth.functions;

import org.jspecify.annotations.NullMarked;
