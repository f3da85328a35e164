package dev.berth.operation;

import dev.berth.model.Desired;
import dev.berth.model.Effect;
import dev.berth.model.Failure;
import dev.berth.model.ImageRef;
import dev.berth.model.Outcome;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Game;
import java.util.Optional;

/**
 * What an operation came to; {@link Bookkeeping} makes commit, entry and result of it.
 *
 * @param record what the record is from now on
 * @param reserved what the operation reserved beside what the record had; whatever of the two the new record does not
 *     keep is given back
 * @param image the image that was asked for, where the record does not tell
 * @param applied whether older requests are superseded by this one
 */
record Conclusion(
        Outcome outcome,
        Effect effect,
        Optional<Failure> failure,
        Optional<RuntimeRecord> record,
        Optional<RuntimeSpec> spec,
        Optional<Placement> reserved,
        Optional<ImageRef> image,
        boolean applied) {

    /** What was asked for is done. */
    static Conclusion done(Effect effect, RuntimeRecord record, RuntimeSpec spec, Optional<Placement> reserved) {
        return new Conclusion(
                Outcome.SUCCESS,
                effect,
                Optional.empty(),
                Optional.of(record),
                Optional.of(spec),
                reserved,
                Optional.empty(),
                true);
    }

    /** What was asked for is done, and how the game is run stays as it was. */
    static Conclusion done(Effect effect, RuntimeRecord record, Game game) {
        return new Conclusion(
                Outcome.SUCCESS,
                effect,
                Optional.empty(),
                Optional.of(record),
                game.spec(),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    /** Nobody asked for it: the record follows what was seen, and older requests are as good as before. */
    static Conclusion observed(RuntimeRecord record, Game game) {
        return new Conclusion(
                Outcome.SUCCESS,
                Effect.OBSERVED,
                Optional.empty(),
                Optional.of(record),
                game.spec(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** Something was done that the record does not tell of. */
    static Conclusion beside(Effect effect, Game game) {
        return new Conclusion(
                Outcome.SUCCESS,
                effect,
                Optional.empty(),
                game.record(),
                game.spec(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** What was asked for was so already. */
    static Conclusion nothing(Game game, Desired wish) {
        return new Conclusion(
                Outcome.SUCCESS,
                Effect.NOOP,
                Optional.empty(),
                game.record().map(record -> record.wanted(wish)),
                game.spec(),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    /** It was refused, and nothing was touched. */
    static Conclusion refused(Game game, Failure why, boolean applied) {
        return new Conclusion(
                Outcome.FAILURE,
                Effect.NOOP,
                Optional.of(why),
                game.record(),
                game.spec(),
                Optional.empty(),
                Optional.empty(),
                applied);
    }

    /** It failed, and what it had done is undone, as far as the record tells. */
    static Conclusion rolledBack(
            Game game,
            Failure why,
            Optional<RuntimeRecord> record,
            Optional<Placement> reserved,
            Optional<ImageRef> image) {
        return new Conclusion(
                Outcome.FAILURE, Effect.ROLLED_BACK, Optional.of(why), record, game.spec(), reserved, image, false);
    }

    /** It failed and there is nothing to undo; the record tells what is still wanted. */
    static Conclusion unfinished(Game game, Failure why, Optional<RuntimeRecord> record) {
        return new Conclusion(
                Outcome.FAILURE,
                Effect.NOOP,
                Optional.of(why),
                record,
                game.spec(),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    /** The same, but it counts as failed, for this reason. */
    Conclusion failedBy(Failure why) {
        return new Conclusion(Outcome.FAILURE, effect, Optional.of(why), record, spec, reserved, image, applied);
    }
}
