package dev.berth.sim;

import dev.berth.model.Endpoint;
import dev.berth.model.Fence;
import dev.berth.model.PortSpec;
import dev.berth.port.Container;
import dev.berth.port.Container.Health;
import dev.berth.port.Container.State;
import dev.berth.port.ContainerFile;
import dev.berth.port.ContainerPlan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A container on an engine of the model. */
final class Box {
    final String id;
    final ContainerPlan plan;
    final boolean foreign;
    final Instant createdAt;
    String name;

    /** Under which fence it was asked for; 0 where nobody of ours did. */
    Fence madeUnder = new Fence(0);

    State state = State.CREATED;
    Optional<Integer> exitCode = Optional.empty();
    boolean oomKilled;
    Optional<Health> health = Optional.empty();
    Optional<Instant> startedAt = Optional.empty();
    Optional<Instant> finishedAt = Optional.empty();

    /** Written into it before it ran. */
    List<ContainerFile> files = List.of();

    /** Somebody ran it who is none of ours. */
    boolean byHand;

    /** It ended without being asked to: a crash of its own, of the daemon, or of the host. */
    boolean endedByItself;

    Box(String id, ContainerPlan plan, boolean foreign, Instant createdAt) {
        this.id = id;
        this.plan = plan;
        this.foreign = foreign;
        this.createdAt = createdAt;
        this.name = plan.name();
    }

    void begin(Instant now) {
        state = State.RUNNING;
        startedAt = Optional.of(now);
        exitCode = Optional.empty();
        oomKilled = false;
        health = plan.spec().health().map(check -> Health.STARTING);
    }

    void end(int code, Instant now) {
        state = State.EXITED;
        exitCode = Optional.of(code);
        finishedAt = Optional.of(now);
    }

    Container seen() {
        return new Container(
                id,
                name,
                plan.labels(),
                plan.image(),
                foreign ? Optional.empty() : Optional.of(plan.spec().resources()),
                createdAt,
                state,
                exitCode,
                oomKilled,
                health,
                startedAt,
                finishedAt,
                endpoints());
    }

    /** In a list, which tells less, and of times only the second. */
    Container listed() {
        return new Container(
                id,
                name,
                plan.labels(),
                plan.image(),
                Optional.empty(),
                createdAt.truncatedTo(ChronoUnit.SECONDS),
                state,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                endpoints());
    }

    private List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        if (state.live()) {
            for (PortSpec port : plan.ports()) {
                endpoints.add(new Endpoint(
                        port.container(),
                        port.protocol(),
                        "127.0.0.1",
                        port.host().orElse(30_000 + endpoints.size())));
            }
        }
        return endpoints;
    }

    /** Whether it publishes a port that the other one publishes too. */
    boolean competesWith(Box other) {
        return plan.ports().stream()
                .filter(port -> port.host().isPresent())
                .anyMatch(port -> other.plan.ports().stream()
                        .anyMatch(theirs -> theirs.host().equals(port.host()) && theirs.protocol() == port.protocol()));
    }

    @Override
    public String toString() {
        return name + "/" + id + " (" + state + ")";
    }
}
