package dev.berth.operation;

import dev.berth.model.Drift;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.JobId;
import dev.berth.model.Limits;
import dev.berth.model.OpSource;
import dev.berth.model.OperationFailed;
import dev.berth.model.Outcome;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.RestartJob;
import dev.berth.model.SettleJob;
import dev.berth.model.Sha256;
import dev.berth.operation.HostPlan.Planned;
import dev.berth.port.Game;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Settles what differs on a host, several games side by side, and knows what was not settled and why. */
final class Settling {
    private static final int MOST_CHARACTERS = 100;

    private final World world;
    private final Operations operations;
    private final SideBySide sideBySide;
    private final ReconcileJob job;
    private final Delivery delivery;
    private final Instant beginNoneAfter;
    private final Map<GameId, Left> left = new ConcurrentHashMap<>();

    /**
     * What was not settled.
     *
     * @param progress how far it has come
     */
    record Left(String text, Progress progress) {
        Left {
            // A host's item has room for many games, but not for what each of them printed.
            if (text.codePointCount(0, text.length()) > MOST_CHARACTERS) {
                text = text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS)) + "...";
            }
        }
    }

    /** How far something has come that was not settled. */
    enum Progress {
        NOT_BEGUN,
        /** Somebody will go on with it. */
        OPEN,
        FAILED
    }

    Settling(World world, Operations operations, SideBySide sideBySide, ReconcileJob job, Delivery delivery) {
        this.world = world;
        this.operations = operations;
        this.sideBySide = sideBySide;
        this.job = job;
        this.delivery = delivery;
        this.beginNoneAfter = world.clock().now().plus(Limits.RECONCILE_ROUND);
    }

    /** @return how many were settled; what is left is for the next round */
    int settle(List<Planned> games) {
        AtomicInteger settled = new AtomicInteger();
        List<Runnable> tasks = games.stream()
                .limit(Limits.RECONCILE_SETTLED)
                .<Runnable>map(planned -> () -> {
                    if (isSettled(planned)) {
                        settled.incrementAndGet();
                    }
                })
                .toList();
        sideBySide.run(tasks, Limits.RECONCILE_AT_ONCE);
        return settled.get();
    }

    Map<GameId, Left> left() {
        return left;
    }

    private boolean isSettled(Planned planned) {
        Instant now = world.clock().now();
        boolean late = Duration.between(now, delivery.endsAt()).compareTo(Limits.MIN_ATTEMPT) < 0;
        if (late || now.isAfter(beginNoneAfter)) {
            return isLeft(planned, new Left("it is for the next round", Progress.NOT_BEGUN));
        }
        return switch (operations.perform(job(planned), delivery.within())) {
            case Verdict.Done(var result, var _)
            when result.outcome() == Outcome.SUCCESS -> {
                if (planned.drift() == Drift.EXITED) {
                    restart(planned.game());
                }
                yield true;
            }
            case Verdict.Done(var result, var _) ->
                isLeft(
                        planned,
                        new Left(
                                result.failure()
                                        .map(why -> why.textWithout(result.op()))
                                        .orElse("it failed"),
                                Progress.FAILED));
            case Verdict.GiveBack(Failure why, var _) -> isLeft(planned, givenBack(planned.game(), why));
            case Verdict.Nothing(var instead)
            when instead.filter(drift -> !planned.again() && !DrainNotes.isLeaving(drift))
                    .isPresent() -> isSettled(planned.instead(instead.get()));
            case Verdict.Nothing _
            when planned.drift() == Drift.TO_MOVE ->
                isLeft(planned, new Left("it was not moved this time", Progress.NOT_BEGUN));
            // It is in order by now.
            case Verdict.Nothing _ -> false;
        };
    }

    private boolean isLeft(Planned planned, Left why) {
        left.put(planned.game(), why);
        return false;
    }

    private Left givenBack(GameId game, Failure why) {
        if (why.code() == ErrorCode.LEASE_HELD) {
            // The whole text would be another one each time, and be written each time.
            return new Left("another operation holds it", Progress.NOT_BEGUN);
        }
        return new Left(why.text(), isOpen(game) ? Progress.OPEN : Progress.NOT_BEGUN);
    }

    private boolean isOpen(GameId game) {
        try {
            return world.games().find(game).flatMap(Game::deployment).isPresent();
        } catch (OperationFailed unseen) {
            return true;
        }
    }

    /** What has ended and should run need not wait for the next sweep. */
    private void restart(GameId game) {
        try {
            world.games()
                    .find(game)
                    .flatMap(ended -> DueJobs.of(ended, world.clock().now()))
                    .filter(RestartJob.class::isInstance)
                    .ifPresent(restart -> operations.perform(restart, delivery.within()));
        } catch (OperationFailed unseen) {
            // The sweep does it.
        }
    }

    /**
     * Asked for at the beginning of time: what anybody asks for supersedes it, and it supersedes nothing. Its id is new
     * for every look, because what is seen may come back.
     */
    private SettleJob job(Planned planned) {
        String drift = planned.drift().name().toLowerCase(Locale.ROOT);
        JobId id = new JobId(job.request().op() + "." + planned.game() + "." + drift + "."
                + world.clock().now().toEpochMilli());
        OpSource source = DrainNotes.isLeaving(planned.drift()) ? job.request().source() : OpSource.AUTO_RECONCILE;
        Request request = new Request(
                id,
                source,
                Optional.of(job.request().op().value()),
                Instant.EPOCH,
                Optional.empty(),
                Sha256.hex(id.value()));
        return new SettleJob(planned.game(), request, job.host(), planned.drift());
    }
}
