package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.action.Deployment;
import dev.berth.action.Deployment.Status;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import dev.berth.port.Bound;
import dev.berth.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A drain that goes on by a timetable of its own. */
final class DrainFollowerTest {
    private static final List<Bound> TWO = Samples.bound("arena", "world");
    private static final Host DRAINING = Samples.draining(Samples.drain("arena", "world"));

    private final List<DrainLook> coming = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Duration> asked = new ArrayList<>();
    private Instant now = Samples.NOW;

    @Test
    void endsAtOnceWhenTheHostIsEmpty() {
        come(look(DRAINING, TWO), look(drained(), List.of()));

        assertThat(follow().isDrained()).isTrue();
        assertThat(passed()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void tellsWhereTheDrainIs() {
        come(look(DRAINING, TWO), busy("pull the image"), look(drained(), List.of()));

        follow();

        assertThat(told)
                .containsExactly(
                        "host host-1 is draining (2 of 2 left)",
                        "host host-1 is draining (2 of 2 left): arena restart, step 2 of 8: pull the image");
    }

    @Test
    void asksForTheNextReconcileWhenTheOneBeforeHasMovedSomethingAndIsDone() {
        come(Stream.generate(() -> busy("pull the image")).limit(20).toArray(DrainLook[]::new));
        come(look(DRAINING, Samples.bound("world")), look(drained(), List.of()));

        follow();

        assertThat(asked).containsExactly(Duration.ZERO, Duration.ofSeconds(20));
    }

    @Test
    void doesNotAskAgainWhereNothingHasMoved() {
        come(look(DRAINING, TWO));

        follow();

        assertThat(asked).containsExactly(Duration.ZERO);
    }

    @Test
    void waitsForTheNextSweepBeforeItGivesUp() {
        come(look(DRAINING, TWO));

        assertThat(follow().left()).isEqualTo(TWO);
        assertThat(passed()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void hasMorePatienceWithWhatIsBeingDone() {
        come(busy("stop the old container"));

        follow();

        assertThat(passed()).isEqualTo(Duration.ofSeconds(390));
    }

    @Test
    void doesNotWaitForWhatCannotLeave() {
        come(look(DRAINING, TWO), look(blocked("arena", "world"), TWO));

        follow();

        assertThat(passed()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void waitsForTheRestOfWhatCannotAllLeave() {
        come(look(blocked("world"), TWO));

        follow();

        assertThat(passed()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void reasonsThatChangeAreNoMovement() {
        for (int i = 0; i < 100; i++) {
            come(look(blocked("arena"), TWO), look(blocked("world"), TWO));
        }

        follow();

        assertThat(passed()).isEqualTo(Duration.ofSeconds(90));
        assertThat(asked).hasSize(1);
    }

    @Test
    void doesNotWaitForAHostThatIsSilent() {
        HostNotes silent = DRAINING.notes().withSilentSince(Optional.of(Samples.NOW));
        come(look(Samples.host(HostState.DRAINING, silent), TWO));

        follow();

        assertThat(passed()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void endsWhenSomebodyCallsTheDrainOff() {
        come(look(DRAINING, TWO), look(Samples.host(HostState.ACTIVE, HostNotes.NONE), TWO));

        follow();

        assertThat(passed()).isEqualTo(Duration.ofSeconds(1));
    }

    private static Host drained() {
        return Samples.host(HostState.DRAINED, DRAINING.notes());
    }

    private static Host blocked(String... games) {
        Map<GameId, String> why = new HashMap<>();
        Stream.of(games).forEach(game -> why.put(new GameId(game), "stays"));
        return Samples.draining(Samples.drain("arena", "world").withBlocked(why));
    }

    private static DrainLook look(Host host, List<Bound> left) {
        return new DrainLook(host, left, Map.of());
    }

    private static DrainLook busy(String step) {
        Deployment open = new Deployment(
                "op-0123456789ab",
                "restart",
                "{}",
                Status.RUNNING,
                1,
                step,
                8,
                0,
                "{}",
                1,
                Samples.NOW,
                List.of(),
                Optional.empty(),
                Optional.empty());
        return new DrainLook(DRAINING, TWO, Map.of(new GameId("arena"), open));
    }

    /** What is seen second by second; the last stays. */
    private void come(DrainLook... looks) {
        coming.addAll(List.of(looks));
    }

    private DrainLook follow() {
        Clock clock = new Clock() {
            @Override
            public Instant now() {
                return now;
            }

            @Override
            public void pause(Duration duration) {
                now = now.plus(duration);
            }
        };
        return new DrainFollower(
                        () -> coming.size() > 1 ? coming.removeFirst() : coming.getFirst(),
                        () -> asked.add(passed()),
                        clock,
                        (text, _) -> told.add(text))
                .follow();
    }

    private Duration passed() {
        return Duration.between(Samples.NOW, now);
    }
}
