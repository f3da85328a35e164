package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.GameId;
import dev.berth.model.LoggedEntry;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.LogPruning;
import dev.berth.wire.EntryJson;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Taking entries out of the operation log that are kept elsewhere. */
public abstract class PruningContract extends StoreContract {
    private final LogPruning pruning;

    protected PruningContract(StorePorts ports) {
        super(ports);
        pruning = ports.pruning();
    }

    private List<LoggedEntry> logged(int count) {
        return written(count).stream().map(EntryJson::logged).toList();
    }

    private List<LoggedEntry> left(GameId of) {
        return log.read(of, 0, 1000);
    }

    @Test
    void whatIsNamedGoesAndTheRestStays() {
        List<LoggedEntry> entries = logged(5);

        pruning.remove(game, entries.subList(0, 3));

        assertThat(left(game)).isEqualTo(entries.subList(3, 5));
        assertThat(log.newest(game)).isEqualTo(found().head());
    }

    @Test
    void moreThanOneRequestCanCarryGoes() {
        List<LoggedEntry> entries = logged(56);

        pruning.remove(game, entries.subList(0, 55));

        assertThat(left(game)).isEqualTo(entries.subList(55, 56));
    }

    @Test
    void whatIsGoneAlreadyDoesNoHarm() {
        List<LoggedEntry> entries = logged(4);
        pruning.remove(game, entries.subList(1, 2));

        pruning.remove(game, entries.subList(0, 3));

        assertThat(left(game)).isEqualTo(entries.subList(3, 4));
    }

    @Test
    void anEntryThatIsNotTheOneThatWasMeantStays() {
        List<LoggedEntry> entries = logged(3);

        pruning.remove(game, List.of(entries.get(0), withHash(entries.get(1), "f".repeat(64)), entries.get(2)));

        assertThat(left(game)).containsExactly(entries.get(1));
    }

    @Test
    void otherGamesKeepTheirs() {
        List<LoggedEntry> entries = logged(2);
        GameId other = Samples.game();

        pruning.remove(other, entries);
        pruning.remove(game, List.of());

        assertThat(left(game)).isEqualTo(entries);
    }

    private static LoggedEntry withHash(LoggedEntry entry, String hash) {
        return new LoggedEntry(
                entry.game(), entry.seq(), entry.prevHash(), hash, entry.computed(), entry.content(), entry.line());
    }

    @Test
    void whoTakesTheGameIsToldWhereItsLogEndsAndWhetherThatIsWhatTheGameKnows() {
        List<LoggedEntry> entries = logged(3);
        clock.pause(MINUTE.multipliedBy(2));
        assertThat(assertHeld(acquire()).endOfLog()).isEqualTo(entries.getLast().head());
        clock.pause(MINUTE.multipliedBy(2));
        assertThat(assertHeld(acquire()).fitsItsLog()).isTrue();

        pruning.remove(game, entries.subList(2, 3));

        clock.pause(MINUTE.multipliedBy(2));
        Acquisition.Held cut = assertHeld(acquire());
        assertThat(cut.endOfLog()).isEqualTo(entries.get(1).head());
        assertThat(cut.fitsItsLog()).isFalse();
    }
}
