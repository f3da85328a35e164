package dev.berth.operation;

import dev.berth.model.Drift;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.JobId;
import dev.berth.model.Limits;
import dev.berth.model.OpSource;
import dev.berth.model.Outcome;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.RestartJob;
import dev.berth.model.SettleJob;
import dev.berth.model.Sha256;
import dev.berth.operation.HostPlan.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Settles what differs on a host, several games side by side, and knows what could not be settled and why. */
final class Settling {
    private static final int MOST_CHARACTERS = 100;

    private final World world;
    private final Operations operations;
    private final SideBySide sideBySide;
    private final ReconcileJob job;
    private final Delivery delivery;
    private final Map<GameId, String> leftOut = new ConcurrentHashMap<>();
    private final Map<GameId, String> notGone = new ConcurrentHashMap<>();

    Settling(World world, Operations operations, SideBySide sideBySide, ReconcileJob job, Delivery delivery) {
        this.world = world;
        this.operations = operations;
        this.sideBySide = sideBySide;
        this.job = job;
        this.delivery = delivery;
    }

    /** @return how many were settled; what is left out is for the next round */
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

    /** What could not be settled, and why. */
    Map<GameId, String> leftOut() {
        return leftOut;
    }

    /** What was to leave the host and could not, and why. */
    Map<GameId, String> notGone() {
        return notGone;
    }

    private boolean isSettled(Planned planned) {
        if (Duration.between(world.clock().now(), delivery.endsAt()).compareTo(Limits.MIN_ATTEMPT) < 0) {
            leftOut.put(planned.game(), "there was no time for it");
            return false;
        }
        return switch (operations.perform(job(planned), new Delivery(false, delivery.endsAt()))) {
            case Verdict.Done(var result, var _)
            when result.outcome() == Outcome.SUCCESS -> {
                if (planned.drift() == Drift.EXITED) {
                    restart(planned.game());
                }
                yield true;
            }
            case Verdict.Done(var result, var _) -> {
                String why = result.failure().map(Failure::text).orElse("it failed");
                if (isLeaving(planned.drift())) {
                    notGone.put(planned.game(), shortened(why));
                }
                yield isLeft(planned, why);
            }
            case Verdict.GiveBack(Failure why, var _) -> isLeft(planned, why.text());
            case Verdict.Nothing(var instead)
            when instead.isPresent() && !planned.again() -> isSettled(new Planned(planned.game(), instead.get(), true));
            case Verdict.Nothing _
            when planned.drift() == Drift.TO_MOVE -> isLeft(planned, "no other host has room for it");
            // It is in order by now.
            case Verdict.Nothing _ -> false;
        };
    }

    private boolean isLeft(Planned planned, String why) {
        leftOut.put(planned.game(), shortened(why));
        return false;
    }

    /** A host's item has room for many games, but not for what each of them printed. */
    private static String shortened(String why) {
        return why.length() <= MOST_CHARACTERS ? why : why.substring(0, MOST_CHARACTERS) + "...";
    }

    /** What has ended and should run need not wait for the next sweep. */
    private void restart(GameId game) {
        world.games()
                .find(game)
                .flatMap(ended -> DueJobs.of(ended, world.clock().now()))
                .filter(RestartJob.class::isInstance)
                .ifPresent(restart -> operations.perform(restart, new Delivery(false, delivery.endsAt())));
    }

    /**
     * Asked for at the beginning of time: what anybody asks for supersedes it, and it supersedes nothing. Its id is new
     * for every look, because what is seen may come back.
     */
    private SettleJob job(Planned planned) {
        String drift = planned.drift().name().toLowerCase(Locale.ROOT);
        JobId id = new JobId(job.request().op() + "." + planned.game() + "." + drift + "."
                + world.clock().now().toEpochMilli());
        OpSource source = isLeaving(planned.drift()) ? job.request().source() : OpSource.AUTO_RECONCILE;
        Request request = new Request(
                id,
                source,
                Optional.of(job.request().op().value()),
                Instant.EPOCH,
                Optional.empty(),
                Sha256.hex(id.value()));
        return new SettleJob(planned.game(), request, job.host(), planned.drift());
    }

    /** Whether it differs only in that an operator wants the host to be empty. */
    private static boolean isLeaving(Drift drift) {
        return switch (drift) {
            case TO_MOVE, TO_STOP, TO_CLEAN_UP -> true;
            case UNRECORDED, LOST, FOUND_AGAIN, MISSING, SURPLUS, EXITED, UNFINISHED_STOP, UNFINISHED_CLEANUP -> false;
        };
    }
}
