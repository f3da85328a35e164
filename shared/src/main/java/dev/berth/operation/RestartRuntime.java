package dev.berth.operation;

import dev.berth.model.PinnedImage;
import dev.berth.model.RestartJob;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHost.Image;

/** Gives a game a new container of the very image that it has, whatever the reference of that means by now. */
final class RestartRuntime extends ReplaceRuntime {
    RestartRuntime() {
        super("restart", RestartRuntime::pullImage);
    }

    Plan<Replacing> plan(RestartJob job, Attempt attempt) {
        return refusal(attempt)
                .<Plan<Replacing>>map(Plan.Refuse::new)
                .orElseGet(() -> begin(image(attempt).ref(), job.grace(), attempt));
    }

    private static PinnedImage image(Attempt attempt) {
        return attempt.game().record().orElseThrow().image().orElseThrow();
    }

    /** The same on another host: the old container is stopped once all that the new one needs is there. */
    Plan<Replacing> planMove(Attempt attempt) {
        return refusal(attempt)
                .<Plan<Replacing>>map(Plan.Refuse::new)
                .orElseGet(() -> beginElsewhere(image(attempt).ref(), attempt));
    }

    private static Replacing pullImage(Replacing replace, Attempt attempt) {
        PinnedImage pinned = replace.before().image().orElseThrow();
        ContainerHost host = attempt.connect(replace.start().placed().host());
        if (replace.isMove()
                && isOfNoRegistry(pinned, attempt.connect(replace.stop().host()))) {
            // It has an id on each host, and its reference is all that the two have in common.
            return replace.with(replace.start().with(GameImage.ensure(pinned.ref(), host, attempt)));
        }
        Image found = GameImage.ensure(pinned, host, attempt);
        return replace.with(replace.start().with(new Image(found.id(), pinned.digest())));
    }

    private static boolean isOfNoRegistry(PinnedImage pinned, ContainerHost host) {
        return host.findImage(pinned)
                .filter(image -> image.id().equals(pinned.digest()))
                .isPresent();
    }
}
