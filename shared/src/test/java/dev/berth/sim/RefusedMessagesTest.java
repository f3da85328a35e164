package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.ledger.Ledger;
import dev.berth.ledger.Verifier;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.OpKind;
import dev.berth.model.OperationEntry;
import dev.berth.model.OperationFailed;
import dev.berth.model.Outcome;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.operation.ReconcileHost;
import dev.berth.operation.SideBySide;
import dev.berth.operation.Verdict;
import dev.berth.wire.BadMessages;
import dev.berth.wire.BadMessages.Message;
import dev.berth.wire.JobJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A message that is refused leaves nothing but its refusal, whatever was wrong with it. */
final class RefusedMessagesTest {
    private static final int REFUSED = 20_000;

    /** A log that grows for ever is verified for ever: a new world after so many. */
    private static final int EACH = 400;

    private static final GameId KNOWN = new GameId("chess");
    private static final GameId UNKNOWN = new GameId("nobodys");
    private static final SideBySide ONE_AFTER_ANOTHER = (tasks, _) -> tasks.forEach(Runnable::run);

    /** All that a job could change, but for its own refusal. */
    private record Everything(
            Optional<RuntimeRecord> record,
            Optional<RuntimeSpec> spec,
            Optional<Instant> dueAt,
            boolean free,
            boolean nothingOpen,
            List<Host> hosts,
            int blobs,
            int engineAsked) {
        static Everything of(CalmWorld calm, GameId id) {
            Optional<GameRow> row = Optional.ofNullable(calm.store.games().get(id));
            return new Everything(
                    row.flatMap(there -> there.record),
                    row.flatMap(there -> there.spec),
                    row.flatMap(there -> there.dueAt),
                    row.map(there -> there.owner.isEmpty()).orElse(true),
                    row.map(there -> there.deployment.isEmpty()).orElse(true),
                    calm.store.hosts(),
                    calm.store.blobs().size(),
                    calm.engineAsked.get());
        }
    }

    @Test
    void leaveNothingButTheirRefusal() {
        long number = 0;
        for (int refused = 0; refused < REFUSED; ) {
            CalmWorld calm = new CalmWorld();
            calm.perform(Jobs.start(KNOWN, "start", calm.clock.now()));
            int answered = 0;
            for (int i = 0; i < EACH; number++) {
                GameId game = number % 2 == 0 ? KNOWN : UNKNOWN;
                Message message = BadMessages.of(number, game.value());
                Optional<Failure> why = refusal(message);
                if (why.isPresent()) {
                    Everything before = Everything.of(calm, game);
                    answered += isAnswered(calm, message, why.get()) ? 1 : 0;
                    assertThat(Everything.of(calm, game)).as(message.toString()).isEqualTo(before);
                    i++;
                    refused++;
                }
            }
            assertThat(calm.results).hasSize(1 + answered);
            assertThat(calm.store.claims()).hasSize(1 + answered);
            assertThat(calm.store.games().keySet()).isSubsetOf(KNOWN, UNKNOWN);
            assertLogTellsOfRefusals(calm);
        }
    }

    private static Optional<Failure> refusal(Message message) {
        try {
            if (message.kind().isPresent()) {
                JobJson.read(message.kind().get(), message.body(), message.id(), BadMessages.SENT);
            } else {
                JobJson.readReconcile(message.body(), message.id(), BadMessages.SENT);
            }
            return Optional.empty();
        } catch (OperationFailed refused) {
            return Optional.of(Failure.of(refused));
        }
    }

    /** As the functions do; what names no game goes into the dead-letter queue. */
    private static boolean isAnswered(CalmWorld calm, Message message, Failure why) {
        if (message.kind().isEmpty()) {
            JobJson.reconcileHeader(message.body(), message.id(), BadMessages.SENT)
                    .ifPresent(job -> assertThat(new ReconcileHost(calm.world, calm.operations, ONE_AFTER_ANOTHER)
                                    .refuse(job.host(), job.request(), why, calm.delivery()))
                            .isEmpty());
            return false;
        }
        OpKind kind = message.kind().get();
        return JobJson.header(kind, message.body(), message.id(), BadMessages.SENT)
                .filter(told -> List.of(KNOWN, UNKNOWN).contains(told.game()))
                .map(told -> calm.operations.refuse(told.game(), kind, told.request(), why, calm.delivery()))
                .map(verdict -> {
                    assertThat(verdict).isInstanceOf(Verdict.Done.class);
                    return true;
                })
                .orElse(false);
    }

    private static void assertLogTellsOfRefusals(CalmWorld calm) {
        List<OperationEntry> log = calm.store.games().get(KNOWN).log;
        assertThat(log.subList(1, log.size())).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.FAILURE);
            assertThat(entry.failure().map(Failure::code)).contains(ErrorCode.INVALID_REQUEST);
        });
        ModelArchive archive = new ModelArchive(new BucketModel(), new DirectLine(new Scheduler()));
        assertThat(new Verifier(new Ledger(calm.log, archive), calm.games)
                        .full(KNOWN)
                        .holds())
                .isTrue();
        Optional.ofNullable(calm.store.games().get(UNKNOWN)).ifPresent(row -> {
            assertThat(row.record).isEmpty();
            assertThat(row.log).isEmpty();
        });
    }
}
