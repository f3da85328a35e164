package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.ErrorCode;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Lease;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Making a fence higher than one that was found on a container. */
public abstract class FenceContract extends StoreContract {
    protected FenceContract(StorePorts ports) {
        super(ports);
    }

    @Test
    void theFenceBecomesHigherThanTheOneThatWasFound() {
        Lease lease = held();

        Lease raised = games.raise(lease, new Fence(41));

        assertThat(raised).isEqualTo(new Lease(game, new Fence(42), lease.owner(), lease.until()));
        assertThat(acquire()).isEqualTo(new Acquisition.Busy(lease.until()));
        games.release(games.save(raised, Samples.deployment("state"), MINUTE).lease(), Optional.empty());
        assertThat(held().fence()).isEqualTo(new Fence(43));
    }

    @Test
    void oneThatIsAsHighIsNotHighEnough() {
        Lease lease = held();

        assertThat(games.raise(lease, lease.fence()).fence()).isEqualTo(new Fence(2));
    }

    @Test
    void oneThatIsHighEnoughStays() {
        Lease raised = games.raise(held(), new Fence(41));

        assertThat(games.raise(raised, new Fence(7))).isEqualTo(raised);
    }

    @Test
    void nothingIsWrittenUnderTheFenceFromBefore() {
        Lease lease = held();
        Lease raised = games.raise(lease, new Fence(41));

        assertFails(ErrorCode.LEASE_LOST, () -> games.save(lease, Samples.deployment("bad"), MINUTE));

        games.save(raised, Samples.deployment("good"), MINUTE);
    }

    @Test
    void nobodyElseCanRaiseIt() {
        Lease overtaken = held();
        clock.pause(MINUTE.plusMillis(1));
        Lease winner = held();

        assertFails(ErrorCode.LEASE_LOST, () -> games.raise(overtaken, new Fence(41)));
        assertFails(ErrorCode.LEASE_LOST, () -> games.raise(withOtherOwner(winner), new Fence(41)));
        GameId unknown = Samples.game();
        assertFails(
                ErrorCode.LEASE_LOST,
                () -> games.raise(new Lease(unknown, new Fence(1), "me", clock.now()), new Fence(41)));

        assertThat(games.find(unknown)).isEmpty();
        assertThat(games.save(winner, Samples.deployment("winner"), MINUTE)
                        .lease()
                        .fence())
                .isEqualTo(new Fence(2));
    }
}
