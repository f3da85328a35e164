/**
 * Processes of ours, their ports and their files, and how a failure here is told. Stands on the ground: it imports only the JDK,
 * and every other room of this module may import it.
 */
@NullMarked
package dev.berth.local.process;

import org.jspecify.annotations.NullMarked;
