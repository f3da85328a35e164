package dev.berth.operation;

import dev.berth.model.PinnedImage;
import dev.berth.model.RestartJob;
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

    private static Replacing pullImage(Replacing replace, Attempt attempt) {
        PinnedImage pinned = replace.before().image().orElseThrow();
        Image found = GameImage.ensure(pinned, attempt.connect(replace.stop().host()), attempt);
        return replace.with(replace.start().with(new Image(found.id(), pinned.digest())));
    }
}
