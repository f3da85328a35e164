/**
 * How things travel: the JSON of messages, results, entries and records, read strictly, and the canonical form that is
 * hashed.
 *
 * <p>Used by functions, cli and the adapters alike. Imports {@code model} and Jackson.
 */
@NullMarked
package dev.berth.wire;

import org.jspecify.annotations.NullMarked;
