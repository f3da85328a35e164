package dev.berth.sim;

import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.Bound;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The indexes of the games. They follow the items, and may be asked as they were one change of each game ago. */
final class IndexModel {
    private final Map<GameId, Shown> now = new LinkedHashMap<>();
    private final Map<GameId, Shown> before = new LinkedHashMap<>();

    /** What the indexes show of a game. */
    private record Shown(
            GameId game,
            Optional<HostId> host,
            Optional<Bound> bound,
            Optional<Instant> dueAt,
            Optional<Instant> recoverAt) {

        static Shown of(GameRow row) {
            return new Shown(
                    row.id,
                    row.record.flatMap(RuntimeRecord::host),
                    row.record.map(record -> bound(row.id, record)),
                    row.dueAt,
                    row.recoverAt);
        }

        private static Bound bound(GameId game, RuntimeRecord record) {
            return new Bound(
                    game, record.status(), record.desired(), record.container().map(container -> container.id()));
        }

        Stream<Instant> dueBy(Instant moment) {
            return Stream.concat(
                    dueAt.filter(at -> !at.isAfter(moment)).stream(), recoverAt.filter(moment::isAfter).stream());
        }
    }

    private record Waiting(GameId game, Instant at) {}

    void follow(GameRow row) {
        Optional<Shown> last = Optional.ofNullable(now.put(row.id, Shown.of(row)));
        last.ifPresent(shown -> before.put(row.id, shown));
    }

    List<Bound> boundTo(HostId host, int limit, boolean late) {
        return shown(late)
                .filter(shown -> shown.host().equals(Optional.of(host)))
                .sorted(Comparator.comparing(shown -> shown.game().value()))
                .limit(limit)
                .flatMap(shown -> shown.bound().stream())
                .toList();
    }

    List<GameId> due(Instant moment, int limit, boolean late) {
        return shown(late)
                .flatMap(shown -> shown.dueBy(moment).map(at -> new Waiting(shown.game(), at)))
                .sorted(Comparator.comparing(Waiting::at))
                .map(Waiting::game)
                .distinct()
                .limit(limit)
                .toList();
    }

    private Stream<Shown> shown(boolean late) {
        return (late ? before : now).values().stream();
    }
}
