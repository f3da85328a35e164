/**
 * AWS on one machine, as far as a SAM template of queues, tables and functions needs it. {@link dev.berth.local.LocalAws} is
 * the way in. It may import every room below and the AWS SDK; it knows nothing of what the functions are for, so that the tests of
 * every other module can stand on it.
 */
@NullMarked
package dev.berth.local;

import org.jspecify.annotations.NullMarked;
