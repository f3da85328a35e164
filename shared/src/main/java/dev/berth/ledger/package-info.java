/**
 * The operation log as a ledger: read through archive and table as one, verified, replayed, archived, and used to make a
 * lost game anew.
 *
 * <p>Imports {@code model}, {@code port} and {@code wire}. It knows no operation: whoever does a job never waits for it.
 */
@NullMarked
package dev.berth.ledger;

import org.jspecify.annotations.NullMarked;
