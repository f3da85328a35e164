package dev.berth.sim;

import dev.berth.contract.BlobsContract;
import dev.berth.contract.BoundGamesContract;
import dev.berth.contract.CommitContract;
import dev.berth.contract.DueGamesContract;
import dev.berth.contract.FenceContract;
import dev.berth.contract.HandClock;
import dev.berth.contract.HostChangesContract;
import dev.berth.contract.HostsContract;
import dev.berth.contract.InnerCommitContract;
import dev.berth.contract.LeaseContract;
import dev.berth.contract.LogContract;
import dev.berth.contract.LostLeaseContract;
import dev.berth.contract.OpeningContract;
import dev.berth.contract.PruningContract;
import dev.berth.contract.StorePorts;
import dev.berth.contract.TouchContract;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;

/** The contracts on the model of the tables, which is as good as what is proven with it. */
final class ModelStoreTest {
    @Nested
    final class Leases extends LeaseContract {
        Leases() {
            super(ports());
        }
    }

    @Nested
    final class LostLeases extends LostLeaseContract {
        LostLeases() {
            super(ports());
        }
    }

    @Nested
    final class Openings extends OpeningContract {
        Openings() {
            super(ports());
        }
    }

    @Nested
    final class Commits extends CommitContract {
        Commits() {
            super(ports());
        }
    }

    @Nested
    final class InnerCommits extends InnerCommitContract {
        InnerCommits() {
            super(ports());
        }
    }

    @Nested
    final class Touches extends TouchContract {
        Touches() {
            super(ports());
        }
    }

    @Nested
    final class Fences extends FenceContract {
        Fences() {
            super(ports());
        }
    }

    @Nested
    final class BoundGames extends BoundGamesContract {
        BoundGames() {
            super(ports());
        }
    }

    @Nested
    final class DueGames extends DueGamesContract {
        DueGames() {
            super(ports());
        }
    }

    @Nested
    final class Contents extends BlobsContract {
        Contents() {
            super(new ModelBlobs(new StoreModel(), new StraightLine()));
        }
    }

    @Nested
    final class Logs extends LogContract {
        Logs() {
            super(ports());
        }
    }

    @Nested
    final class Pruning extends PruningContract {
        Pruning() {
            super(ports());
        }
    }

    @Nested
    final class HostRegistry extends HostsContract {
        HostRegistry() {
            super(ports());
        }
    }

    @Nested
    final class HostChanges extends HostChangesContract {
        HostChanges() {
            super(ports());
        }
    }

    private static StorePorts ports() {
        StoreModel store = new StoreModel();
        HandClock clock = new HandClock();
        ModelGames.Line line = new StraightLine();
        ModelLog log = new ModelLog(store);
        return new StorePorts(
                new ModelGames(store, clock, line),
                new ModelHosts(store, clock, line, new ModelHosts.Memory()),
                log,
                log,
                clock);
    }

    /** On which nothing is lost, and nothing takes time. */
    private static final class StraightLine implements ModelGames.Line {
        private int owners;

        @Override
        public <T> T request(String what, Supplier<T> effect) {
            return effect.get();
        }

        @Override
        public <T> T transaction(String what, Supplier<T> effect) {
            return effect.get();
        }

        @Override
        public String newOwner() {
            return "owner " + owners++;
        }
    }
}
