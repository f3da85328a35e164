package dev.berth.functions;

import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.Request;
import java.util.Optional;

/**
 * What a message tells of itself, whether or not it is a valid job: which game or which host it is about, and who asks
 * for what.
 */
record JobHead(Optional<GameId> game, Optional<HostId> host, Request request) {
    static JobHead of(GameId game, Request request) {
        return new JobHead(Optional.of(game), Optional.empty(), request);
    }

    static JobHead of(HostId host, Request request) {
        return new JobHead(Optional.empty(), Optional.of(host), request);
    }

    /** Messages about the same are dealt with one after the other. */
    String subject() {
        return game.map(GameId::value).or(() -> host.map(HostId::value)).orElseThrow();
    }
}
