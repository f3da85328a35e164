package dev.berth.port;

import dev.berth.model.Desired;
import dev.berth.model.GameId;
import dev.berth.model.RuntimeStatus;
import java.util.Optional;

/**
 * A game whose record is bound to a host, as the index of hosts tells: perhaps a moment late, so that nothing is decided
 * from it without looking again under the lease.
 *
 * @param container the id of the recorded container
 */
public record Bound(GameId game, RuntimeStatus status, Desired desired, Optional<String> container) {}
