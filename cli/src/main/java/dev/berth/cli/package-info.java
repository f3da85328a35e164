/**
 * What a person types: the {@code berth} command, one class a command.
 *
 * <p>Stands on {@code port}, {@code wire} and {@code model}, reaches a stack through {@code aws} and runs one on this machine through
 * {@code local}; it knows no operation from inside. Data goes to standard output, everything else to standard error.
 */
@NullMarked
package dev.berth.cli;

import org.jspecify.annotations.NullMarked;
