package dev.berth.operation;

import dev.berth.model.Failure;
import dev.berth.model.ImageRef;
import dev.berth.model.PatchJob;
import dev.berth.model.PatchRule;
import dev.berth.model.PinnedImage;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.ContainerHost.Image;
import java.util.Optional;

/** Gives a game a new container of another patch version of its image. */
final class PatchRuntime extends ReplaceRuntime {
    PatchRuntime() {
        super("patch", PatchRuntime::pullImage);
    }

    Plan<Replacing> plan(PatchJob job, Attempt attempt) {
        return refusal(attempt)
                .or(() -> refusal(job.image(), attempt))
                .<Plan<Replacing>>map(Plan.Refuse::new)
                .orElseGet(() -> begin(job.image(), job.grace(), attempt));
    }

    private static Optional<Failure> refusal(ImageRef wanted, Attempt attempt) {
        ImageRef has = image(attempt.game().record().orElseThrow()).ref();
        return PatchRule.check(has, wanted).or(() -> GameImage.refusal(wanted, attempt));
    }

    /** Only now it is known what the reference means: perhaps what runs already. */
    private static Replacing pullImage(Replacing replace, Attempt attempt) {
        Image found = GameImage.ensure(
                replace.start().ref(), attempt.connect(replace.stop().host()), attempt);
        Replacing with = replace.with(replace.start().with(found));
        boolean same = found.digest().equals(image(replace.before()).digest());
        // What an earlier attempt may have begun may still come to effect.
        boolean untouched =
                attempt.current().filter(open -> open.furthest() > 0).isEmpty();
        boolean runsIt = same && untouched && replace.ranBefore() && StartRuntime.runs(replace.before(), attempt);
        return runsIt ? with.notNeeded() : with;
    }

    private static PinnedImage image(RuntimeRecord record) {
        return record.image().orElseThrow();
    }
}
