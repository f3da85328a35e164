/**
 * What things are: ids, vocabularies, the runtime record, jobs, results and entries of the operation log.
 *
 * <p>Pure: imports nothing of ours and no library. A value that exists is valid; a constructor refuses nonsense with an
 * {@link IllegalArgumentException} whose text completes the sentence "the field ...".
 */
@NullMarked
package dev.berth.model;

import org.jspecify.annotations.NullMarked;
