package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.HostId;
import dev.berth.port.Container;
import dev.berth.port.Container.State;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What people and fate do to containers of the model is seen as on a real engine. */
final class EngineFateTest {
    private static final Instant EARLIER = SimClock.BEGIN.minus(Duration.ofHours(1));

    private final EngineModel engine =
            new EngineModel(new HostId("host-1"), new Scheduler(), Faults.NONE, new Images());
    private final ContainerHost host = new SimContainerHost(engine, new AtOnce(), () -> Duration.ofMinutes(1));

    /** For calls that the model answers at once. */
    private static final class AtOnce implements SimContainerHost.Line {
        @Override
        public <T> T call(String what, Duration limit, Consumer<Reply<T>> request) {
            AtomicReference<T> answer = new AtomicReference<>();
            request.accept(new Reply<>((value, refused) -> {
                if (refused != null) {
                    throw refused;
                }
                answer.set(value);
            }));
            return answer.get();
        }

        @Override
        public void pause(Duration duration) {
            throw new IllegalStateException("nobody waits here");
        }
    }

    private static ContainerPlan plan(String name) {
        return ContainerPlan.of(
                name, "image", Map.of("berth.game", name, "berth.fence", "7"), Jobs.spec(Choices.calm()), name);
    }

    private Container made(String name, State state) {
        Box box = engine.fate().somebodyMade(plan(name), state, EARLIER).orElseThrow();
        Container seen = host.inspect(name).orElseThrow();
        assertThat(seen.id()).isEqualTo(box.id);
        return seen;
    }

    @Test
    void whatSomebodyMadeHasItsLabelsItsStateAndItsAge() {
        Container running = made("running", State.RUNNING);
        assertThat(running.labels()).containsEntry("berth.fence", "7");
        assertThat(running.state()).isEqualTo(State.RUNNING);
        assertThat(running.createdAt()).isEqualTo(EARLIER);
        assertThat(running.startedAt()).contains(EARLIER);

        Container created = made("created", State.CREATED);
        assertThat(created.state()).isEqualTo(State.CREATED);
        assertThat(created.startedAt()).isEmpty();

        Container exited = made("exited", State.EXITED);
        assertThat(exited.exitCode()).contains(0);
        assertThat(exited.finishedAt()).isPresent();
        assertThat(host.list(Map.of("berth.fence", "7"))).hasSize(3);
    }

    @Test
    void aTakenNameIsNotGivenToAnybodyElse() {
        Container first = made("game", State.RUNNING);

        assertThat(engine.fate().somebodyMade(plan("game"), State.CREATED, EARLIER))
                .isEmpty();
        assertThat(host.inspect("game")).contains(first);
    }

    @Test
    void aContainerThatSomebodyRemovedIsGoneAndItsNameIsFree() {
        Container running = made("game", State.RUNNING);

        engine.fate().somebodyRemoved("game");

        assertThat(host.inspect(running.id())).isEmpty();
        assertThat(host.list(Map.of())).isEmpty();
        assertThat(made("game", State.CREATED).id()).isNotEqualTo(running.id());
    }

    @Test
    void aContainerThatRanOutOfMemorySaysSoUntilItRunsAgain() {
        made("game", State.RUNNING);

        engine.fate().runsOutOfMemory("game");

        Container ended = host.inspect("game").orElseThrow();
        assertThat(ended.state()).isEqualTo(State.EXITED);
        assertThat(ended.exitCode()).contains(137);
        assertThat(ended.oomKilled()).isTrue();
        engine.fate().comesBack(engine.boxes().get(ended.id()));
        assertThat(host.inspect("game").orElseThrow().oomKilled()).isFalse();
    }

    @Test
    void whatDoesNotRunTakesNoMemory() {
        Container created = made("game", State.CREATED);

        engine.fate().runsOutOfMemory("game");

        assertThat(host.inspect("game")).contains(created);
    }
}
