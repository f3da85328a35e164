package dev.berth.operation;

import dev.berth.action.Action;
import dev.berth.action.Deployment;
import dev.berth.action.Ended;
import dev.berth.action.Step;
import dev.berth.model.Desired;
import dev.berth.model.Effect;
import dev.berth.model.Endpoint;
import dev.berth.model.ErrorCode;
import dev.berth.model.Exit;
import dev.berth.model.Failure;
import dev.berth.model.GameContainer;
import dev.berth.model.ImageRef;
import dev.berth.model.Limits;
import dev.berth.model.OpKind;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.RuntimeStatus;
import dev.berth.model.StopReason;
import dev.berth.port.Reservation;
import dev.berth.wire.SpecJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Gives a game a new container in the place of its old one, on the same host and ports. Its image is there before
 * anything is touched, and the old container waits aside until the new one is proven; if that one does not come up, the
 * old one goes on where it was.
 */
abstract sealed class ReplaceRuntime implements Operation<Replacing> permits RestartRuntime, PatchRuntime {
    private static final String STOP = "stop the old container";
    private static final String CREATE = "create the container";

    private final Action<Attempt, Replacing> action;

    /** @param pullImage how the image of the new container gets to the host */
    ReplaceRuntime(String name, Step.Execute<Attempt, Replacing> pullImage) {
        this.action = Action.<Attempt, Replacing>named(name, Replacing.CODEC)
                .step("choose a host", ReplaceRuntime::chooseHost)
                .step("pull the image", pullImage)
                .step("check what it needs", anew(NewContainer::check)::apply)
                .act("set the old container aside", OldContainer::setAside, OldContainer::putBack)
                .act(STOP, OldContainer::stop, OldContainer::startAgain)
                .step("record the stop", ReplaceRuntime::recordStop)
                .act(CREATE, anew(NewContainer::create)::apply, anew(NewContainer::remove)::apply)
                .step("copy files", anew(NewContainer::copyFiles)::apply)
                .act("start the container", anew(NewContainer::start)::apply, anew(NewContainer::kill)::apply)
                .step("wait until healthy", anew(ReplaceRuntime::awaitHealthy)::apply)
                .step("record the start", ReplaceRuntime::recordStart)
                .act("remove the old container", OldContainer::remove)
                .unneededOnce(Replacing::unneeded)
                .decidedOnce(Replacing::startRecorded)
                .build();
    }

    private static BiFunction<Replacing, Attempt, Replacing> anew(BiFunction<Starting, Attempt, Starting> step) {
        return (replace, attempt) -> replace.with(step.apply(replace.start(), attempt));
    }

    @Override
    public final Action<Attempt, Replacing> action() {
        return action;
    }

    @Override
    public final Desired desired() {
        return Desired.RUNNING;
    }

    /**
     * Goes through all steps again, which are done already or done anew under the higher fence, as with a start. Once
     * the new container is the game's, only what is left is done.
     */
    @Override
    public final Deployment resumed(Deployment deployment) {
        return Replacing.CODEC.read(deployment.state()).startRecorded()
                ? deployment
                : deployment.at(0, action.steps().getFirst().name(), deployment.state());
    }

    /** Why the container of a game as it is cannot be replaced, if it cannot. */
    static Optional<Failure> refusal(Attempt attempt) {
        Optional<RuntimeRecord> record = attempt.game().record();
        if (record.isEmpty()) {
            return Optional.of(new Failure(
                    ErrorCode.NOT_FOUND,
                    "there is no runtime of game " + attempt.game().id()));
        }
        return switch (record.get().status()) {
            case LOST -> conflict("the game's host does not answer");
            case REMOVED -> conflict("the game's runtime is removed; start it");
            case RUNNING, STOPPED, FAILED ->
                record.get().image().isEmpty() || record.get().placement().isEmpty()
                        ? conflict("the game never ran; start it")
                        : attempt.game().spec().isEmpty()
                                ? conflict("the game was adopted as it was found; stop it, and start it with its spec")
                                : Optional.empty();
        };
    }

    private static Optional<Failure> conflict(String text) {
        return Optional.of(new Failure(ErrorCode.CONFLICT, text));
    }

    /** Where the game is. */
    static Plan<Replacing> begin(ImageRef image, Optional<Duration> grace, Attempt attempt) {
        return new Plan.Act<>(replacing(image, grace, attempt));
    }

    /** On another host, which is yet to be chosen. */
    static Plan<Replacing> beginElsewhere(ImageRef image, Attempt attempt) {
        Replacing here = replacing(image, Optional.empty(), attempt);
        Starting start = here.start();
        return new Plan.Act<>(here.with(Starting.of(
                        start.ref(),
                        start.spec(),
                        PortChoice.preferring(start.ports().before()))
                .sparing(start.spared())));
    }

    private static Replacing replacing(ImageRef image, Optional<Duration> grace, Attempt attempt) {
        RuntimeRecord record = attempt.game().record().orElseThrow();
        RuntimeSpec spec = attempt.game().spec().orElse(SpecJson.DEFAULTS);
        Optional<String> old = record.container().map(GameContainer::id);
        List<Endpoint> endpoints =
                record.container().map(GameContainer::endpoints).orElse(List.of());
        Stopping stop = new Stopping(
                record.host().orElseThrow(),
                old,
                grace.or(spec::stopGrace).orElse(Limits.DEFAULT_GRACE),
                StopReason.ADMIN_REQUEST,
                Optional.empty());
        Starting start = Starting.of(
                        image,
                        spec,
                        endpoints.isEmpty() ? PortChoice.preferring(endpoints) : PortChoice.keeping(endpoints))
                .at(record.placement().orElseThrow(), false)
                .sparing(old);
        return Replacing.of(record, stop, start, attempt.now());
    }

    // --- the steps that neither container has for itself ---

    /** For a game that is moved; any other one stays where it is. */
    private static Replacing chooseHost(Replacing replace, Attempt attempt) {
        Starting start = replace.start();
        if (start.place().isPresent()) {
            return replace;
        }
        Reservation place = HostChoice.reserve(
                start.spec(),
                host -> !host.id().equals(replace.stop().host()),
                there -> Replacing.CODEC.write(replace.with(start.at(there.placement(), true))),
                attempt);
        return replace.with(start.at(place.placement(), true));
    }

    private static Starting awaitHealthy(Starting start, Attempt attempt) {
        return NewContainer.awaitHealthy(start, Limits.SETTLE, attempt);
    }

    private static Replacing recordStop(Replacing replace, Attempt attempt) {
        if (replace.stopRecorded()) {
            return replace;
        }
        RuntimeRecord now = attempt.game().record().orElseThrow();
        Conclusion stop = now.status() == RuntimeStatus.STOPPED
                ? Conclusion.nothing(attempt.game(), now.desired())
                : Conclusion.done(Effect.CHANGED, stopped(now, replace.stop(), attempt), attempt.game());
        Replacing further = replace.stopRecorded(attempt.now());
        attempt.commitInner(OpKind.STOP, replace.since(), stop, Replacing.CODEC.write(further));
        return further;
    }

    /** The game stays bound to its host, even if its container is proven gone: the next one is created there. */
    private static RuntimeRecord stopped(RuntimeRecord now, Stopping stop, Attempt attempt) {
        return stop.exit()
                .map(exit -> now.stopped(exit, stop.reason()))
                .orElseGet(() -> now.withoutContainer()
                        .stopped(new Exit(Optional.empty(), false, attempt.now()), stop.reason()));
    }

    private static Replacing recordStart(Replacing replace, Attempt attempt) {
        if (replace.startRecorded()) {
            return replace;
        }
        Starting start = replace.start();
        RuntimeRecord record = start.record(Optional.of(replace.before()));
        Conclusion started = Conclusion.done(
                Effect.CHANGED, RestartCount.started(record, replace, attempt), start.spec(), start.newlyReserved());
        Replacing further = replace.startRecorded(attempt.now());
        attempt.commitInner(OpKind.START, replace.since(), started, Replacing.CODEC.write(further));
        return further;
    }

    // --- what it came to ---

    @Override
    public final Conclusion completed(Replacing replace, Attempt attempt) {
        if (replace.unneeded()) {
            return Conclusion.nothing(attempt.game(), Desired.RUNNING);
        }
        return Conclusion.done(
                attempt.isResumed() ? Effect.RESUMED : Effect.CHANGED,
                attempt.game().record().orElseThrow(),
                attempt.game());
    }

    @Override
    public final Conclusion undone(Ended.Undone<Replacing> how, Attempt attempt) {
        Failure why = Failures.of(how);
        return Conclusion.rolledBack(
                attempt.game(),
                new Failure(why.code(), why.text() + notBack(how)),
                Optional.of(after(how, why.code(), attempt)),
                how.state().start().newlyReserved(),
                Optional.of(how.state().start().ref()));
    }

    private static String notBack(Ended.Undone<Replacing> how) {
        return how.undoErrors().stream()
                .filter(error -> error.step().equals(STOP))
                .map(error -> "; the old container could not be started again: " + error.text())
                .reduce("", (_, last) -> last);
    }

    private static RuntimeRecord after(Ended.Undone<Replacing> how, ErrorCode code, Attempt attempt) {
        Replacing replace = how.state();
        RuntimeRecord before = replace.before();
        if (how.isNotUndone(CREATE)) {
            // Something of it may still run there, under the game's name and no id that we know.
            return before.withPlacement(replace.start().place())
                    .withoutContainer()
                    .failed(code)
                    .toBeStopped();
        }
        boolean notBack = replace.ranBefore() && how.isNotUndone(STOP);
        return RestartCount.failed(notBack ? before.failed(code) : before, replace, attempt);
    }
}
