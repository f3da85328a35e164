/**
 * What things cost, measured on this machine: {@code ./berth bench}. May import everything but the functions and the
 * command; nothing imports it.
 */
@NullMarked
package dev.berth.bench;

import org.jspecify.annotations.NullMarked;
