/**
 * What we do: one file for each operation, whose top is the table of contents of its steps; {@link
 * dev.berth.operation.Operations} leads a job from its lease to its result.
 *
 * <p>Imports {@code port}, {@code action}, {@code model}, and {@code wire} to write a state down. Knows no AWS and no
 * Docker.
 */
@NullMarked
package dev.berth.operation;

import org.jspecify.annotations.NullMarked;
