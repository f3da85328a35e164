package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.Bound;
import dev.berth.port.Lease;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The games of a host, as they are found without reading all games. */
public abstract class BoundGamesContract extends StoreContract {
    private final HostId host = new HostId(Samples.unique("host"));

    protected BoundGamesContract(StorePorts ports) {
        super(ports);
    }

    private void become(GameId game, RuntimeRecord record) {
        Lease lease = assertHeld(games.acquire(game, "never finished", MINUTE)).lease();
        games.commit(
                lease,
                commit(
                        Samples.entry(
                                game, games.find(game).orElseThrow().head(), lease.fence(), record, Optional.empty()),
                        record,
                        Optional.empty()));
    }

    private static Bound bound(GameId game, RuntimeRecord record) {
        return new Bound(
                game, record.status(), record.desired(), record.container().map(container -> container.id()));
    }

    @Test
    void aGameIsFoundOnTheHostThatItsRecordTells() {
        RuntimeRecord record = Samples.running(host, new Fence(1));
        become(game, record);

        assertThat(games.boundTo(host, 10)).containsExactly(bound(game, record));
        assertThat(games.boundTo(new HostId(Samples.unique("host")), 10)).isEmpty();
    }

    @Test
    void itIsShownAsItsNewestRecordTells() {
        RuntimeRecord record = Samples.running(host, new Fence(1));
        become(game, record);
        RuntimeRecord lost = record.lost().toBeStopped().withoutContainer();

        become(game, lost);

        assertThat(games.boundTo(host, 10))
                .containsExactly(new Bound(game, lost.status(), lost.desired(), Optional.empty()));
    }

    @Test
    void itMovesWithItsRecord() {
        become(game, Samples.running(host, new Fence(1)));
        HostId other = new HostId(Samples.unique("host"));
        RuntimeRecord moved = Samples.running(other, new Fence(2));

        become(game, moved);

        assertThat(games.boundTo(host, 10)).isEmpty();
        assertThat(games.boundTo(other, 10)).containsExactly(bound(game, moved));
    }

    @Test
    void itIsGoneWithItsContainer() {
        RuntimeRecord record = Samples.running(host, new Fence(1));
        become(game, record);

        become(game, record.removed());

        assertThat(games.boundTo(host, 10)).isEmpty();
    }

    @Test
    void aGameWhoseStartIsUnderWayIsNotBoundYet() {
        games.open(held(), Samples.deployment("state"), "never finished", Optional.empty(), MINUTE);

        assertThat(games.boundTo(host, 10)).isEmpty();
    }

    @Test
    void noMoreAreFoundThanWereAskedFor() {
        List<GameId> three = List.of(game, Samples.game(), Samples.game());
        three.forEach(each -> become(each, Samples.running(host, new Fence(1))));

        assertThat(games.boundTo(host, 2)).hasSize(2).extracting(Bound::game).isSubsetOf(three);
        assertThat(games.boundTo(host, 3)).extracting(Bound::game).containsExactlyInAnyOrderElementsOf(three);
        assertThat(games.boundTo(host, 10)).extracting(Bound::game).containsExactlyInAnyOrderElementsOf(three);
    }
}
