package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.action.Deployment;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.OperationEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Commit;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Games.Opening;
import dev.berth.port.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The games about which something is to be done, as they are found without reading all games. */
public abstract class DueGamesContract extends StoreContract {
    private static final HostId HOST = new HostId("host-1");
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Instant AT = Samples.AT;

    /** More than there are: the real tables are shared by all tests. */
    private static final int ALL = 10_000;

    private final Deployment deployment = Samples.deployment("state");

    protected DueGamesContract(StorePorts ports) {
        super(ports);
    }

    private boolean isDue(Instant now) {
        return games.due(now, ALL).contains(game);
    }

    private void assertDueFrom(Instant moment) {
        assertThat(isDue(moment.minusMillis(1))).as("before " + moment).isFalse();
        assertThat(isDue(moment)).as("at " + moment).isTrue();
    }

    private Lease opened() {
        return ((Opening.Opened) games.open(held(), deployment, "never finished", Optional.empty(), MINUTE)).lease();
    }

    private void commit(Lease lease, OperationEntry entry, Optional<Deployment> outer, Optional<Instant> dueAt) {
        RuntimeRecord record = entry.change().or(() -> found().record()).orElseThrow();
        Optional<RuntimeSpec> spec = Optional.of(Samples.spec(IDLE));
        Commit commit = new Commit(
                Optional.of(entry),
                Optional.of(record),
                spec,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                outer.isPresent(),
                outer,
                dueAt);
        assertThat(games.commit(lease, commit)).isTrue();
    }

    /** Makes a game run that is idle for too long at that time. */
    private void start(Instant dueAt) {
        Lease lease = opened();
        commit(lease, entry(lease, Samples.running(HOST, lease.fence())), Optional.empty(), Optional.of(dueAt));
    }

    private static Instant free(Lease lease) {
        return lease.until().plusMillis(1);
    }

    // --- what a spec asks for ---

    @Test
    void aGameIsDueWhenItsRecordSaysSo() {
        start(AT);

        assertDueFrom(AT);
    }

    @Test
    void aTouchMovesThat() {
        start(AT.plus(IDLE));

        games.touch(game, AT.plusSeconds(60));

        assertDueFrom(AT.plusSeconds(60).plus(IDLE));
    }

    @Test
    void aRecordOfWhichNothingIsDueIsNeverDue() {
        start(AT);
        Lease lease = opened();

        commit(lease, entry(lease, Samples.failed().removed()), Optional.empty(), Optional.empty());

        assertThat(isDue(AT.plus(IDLE))).isFalse();
    }

    @Test
    void anEndThatLeavesTheRecordLeavesWhenTheGameIsDue() {
        start(AT);
        for (Optional<Instant> said : List.of(Optional.<Instant>empty(), Optional.of(AT.plusSeconds(1)))) {
            Lease lease = opened();

            commit(lease, Samples.unchanged(entry(lease, found().record().orElseThrow())), Optional.empty(), said);

            assertDueFrom(AT);
        }
    }

    @Test
    void anEndWithoutAnOpeningIsAsGoodAsAnyOther() {
        Lease lease = held();

        commit(lease, entry(lease, Samples.running(HOST, lease.fence())), Optional.empty(), Optional.of(AT));

        assertDueFrom(AT);
    }

    // --- what is open ---

    @Test
    void anOpenDeploymentIsDueOnceItsLeaseHasRunOutAndNotBefore() {
        Lease lease = opened();

        assertDueFrom(free(lease));
        clock.pause(Duration.between(clock.now(), lease.until()));
        assertThat(acquire()).isInstanceOf(Acquisition.Busy.class);
        clock.pause(Duration.ofMillis(1));
        assertThat(acquire()).isInstanceOf(Acquisition.Held.class);
    }

    @Test
    void itStaysDueHoweverLongItIsWorkedOn() {
        Lease lease = opened();
        clock.pause(MINUTE);

        Lease extended = games.save(lease, deployment, MINUTE).lease();

        assertThat(isDue(free(extended))).isTrue();
    }

    @Test
    void itStaysDueWhenItIsLeftToTheNextAttempt() {
        Lease lease = opened();

        games.release(lease, Optional.of(deployment));

        assertDueFrom(free(lease));
    }

    @Test
    void itIsNoLongerDueWhenItIsClosed() {
        Lease lease = opened();

        commit(lease, entry(lease, Samples.running(HOST, lease.fence())), Optional.empty(), Optional.empty());

        assertThat(isDue(AT)).isFalse();
    }

    @Test
    void itIsNoLongerDueWhenItsJobIsRefused() {
        Lease lease = opened();

        games.commit(lease, mark(Samples.finished(game, Optional.of("refused"))));

        assertThat(isDue(AT)).isFalse();
    }

    @Test
    void anInnerOperationLeavesItDue() {
        Lease lease = opened();
        OperationEntry inner = entry(lease, Samples.running(HOST, lease.fence()));

        commit(lease, inner, Optional.of(deployment), Optional.of(AT));

        assertDueFrom(free(lease));
    }

    @Test
    void aTouchDoesNotHideIt() {
        start(AT);
        Lease lease = opened();

        games.touch(game, AT.plusSeconds(60));

        assertDueFrom(free(lease));
    }

    // --- several games ---

    @Test
    void allGamesAreFoundInPagesEachOnce() {
        List<GameId> some = List.of(game, Samples.game(), Samples.game());
        some.forEach(each -> games.acquire(each, "never finished", MINUTE));

        assertThat(pages(Optional.empty())).containsAll(some).doesNotHaveDuplicates();
    }

    @Test
    void pagesMayBeginAfterAGameThatNobodyKnows() {
        List<GameId> some = List.of(game, Samples.game(), Samples.game());
        some.forEach(each -> games.acquire(each, "never finished", MINUTE));
        List<GameId> all = pages(Optional.empty());

        List<GameId> rest = pages(Optional.of(new GameId("nobody-knows-it")));

        assertThat(all).endsWith(rest.toArray(GameId[]::new));
    }

    private List<GameId> pages(Optional<GameId> after) {
        List<GameId> all = new ArrayList<>();
        List<GameId> page = games.page(after, 2);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = games.page(Optional.of(page.getLast()), 2);
        }
        return all;
    }

    @Test
    void theLongestDueComesFirst() {
        GameId first = Samples.game();
        Lease opened = ((Opening.Opened) games.open(
                        assertHeld(games.acquire(first, "never finished", MINUTE))
                                .lease(),
                        deployment,
                        "never finished",
                        Optional.empty(),
                        MINUTE))
                .lease();
        start(free(opened).plusMillis(1));

        assertThat(games.due(AT, ALL)).containsSubsequence(first, game);
    }

    @Test
    void aGameThatIsDueForBothIsFoundOnce() {
        start(AT);
        opened();

        assertThat(games.due(AT.plus(IDLE), ALL)).containsOnlyOnce(game);
    }

    @Test
    void noMoreAreFoundThanWereAskedFor() {
        start(AT);
        games.open(
                assertHeld(games.acquire(Samples.game(), "never finished", MINUTE))
                        .lease(),
                deployment,
                "never finished",
                Optional.empty(),
                MINUTE);

        assertThat(games.due(AT, 1)).hasSize(1);
    }
}
