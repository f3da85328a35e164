/**
 * How work is carried out: an action is a list of named steps, a deployment is the persisted execution of one.
 *
 * <p>Knows no game, no Docker and no AWS: imports nothing of ours. What it needs of the world is a {@link
 * dev.berth.action.Supervisor}.
 */
@NullMarked
package dev.berth.action;

import org.jspecify.annotations.NullMarked;
