package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import dev.berth.model.CleanupJob;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.FileSpec;
import dev.berth.model.Job;
import dev.berth.model.JobId;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.model.PatchJob;
import dev.berth.model.PlainText;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.RestartJob;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.SettleJob;
import dev.berth.model.StartJob;
import dev.berth.model.StopJob;
import dev.berth.wire.BadMessages.Message;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A message is a valid job, or it is refused by the field that is wrong: whatever it is, that takes no more memory than
 * its size allows, and nothing else is ever thrown. {@code -Dmessages=1 -Dmessage=4711} reads the one of that number
 * again.
 */
final class BadMessagesTest {
    private static final long MESSAGES = Long.getLong("messages", 1_000_000);
    private static final long FIRST = Long.getLong("message", 0);
    private static final int MOST_TEXT = 4096;

    /** Of so many that are refused, one is asked what it tells of itself all the same. */
    private static final int HEADERS = 4;

    /** What reading a message may allocate: so much by itself, and so much for each of its characters. */
    private static final long MOST_ALLOCATED = 400_000;

    private static final long MOST_ALLOCATED_EACH = 400;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final LongAdder jobs = new LongAdder();
    private final LongAdder named = new LongAdder();

    @Test
    void areJobsOrAreRefusedByTheFieldThatIsWrong() {
        LongStream.range(FIRST, FIRST + MESSAGES).parallel().forEach(number -> {
            Message message = BadMessages.of(number);
            try {
                read(message);
            } catch (RuntimeException | Error wrong) {
                throw new AssertionError(wrong.getMessage() + "\nin " + message, wrong);
            }
        });
        if (MESSAGES > 1) {
            // Spoiling that leaves no message valid, or none invalid, would test nothing.
            assertThat(jobs.sum()).isBetween(MESSAGES / 20, MESSAGES / 2);
            assertThat(named.sum()).isGreaterThan(MESSAGES / 2);
        }
    }

    private void read(Message message) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Outcome outcome = outcome(message);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (allocated > most(message)) {
            // The first time, classes are loaded too.
            long again = THREADS.getCurrentThreadAllocatedBytes();
            outcome(message);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - again)
                    .as("allocated bytes")
                    .isLessThanOrEqualTo(most(message));
        }
        switch (outcome) {
            case Outcome.OfGame(Job job) -> {
                jobs.increment();
                assertThat(message.field()).isEmpty();
                assertStays(job);
            }
            case Outcome.OfHost(ReconcileJob job) -> {
                jobs.increment();
                assertThat(message.field()).isEmpty();
                assertStays(job.request());
                ReconcileJob again = JobJson.readReconcile(Json.write(JobMessages.write(job)), "", BadMessages.SENT);
                assertThat(again.host()).isEqualTo(job.host());
            }
            case Outcome.Refused(OperationFailed refused) -> assertNamed(refused, message);
        }
    }

    private static long most(Message message) {
        return MOST_ALLOCATED + MOST_ALLOCATED_EACH * message.body().length();
    }

    private sealed interface Outcome {
        record OfGame(Job job) implements Outcome {}

        record OfHost(ReconcileJob job) implements Outcome {}

        record Refused(OperationFailed why) implements Outcome {}
    }

    private static Outcome outcome(Message message) {
        try {
            return message.kind()
                    .<Outcome>map(kind ->
                            new Outcome.OfGame(JobJson.read(kind, message.body(), message.id(), BadMessages.SENT)))
                    .orElseGet(() ->
                            new Outcome.OfHost(JobJson.readReconcile(message.body(), message.id(), BadMessages.SENT)));
        } catch (OperationFailed refused) {
            if (message.number() % HEADERS == 0) {
                header(message).ifPresent(BadMessagesTest::assertAnswerable);
            }
            return new Outcome.Refused(refused);
        }
    }

    private static Optional<Request> header(Message message) {
        return message.kind()
                .map(kind -> JobJson.header(kind, message.body(), message.id(), BadMessages.SENT)
                        .map(JobJson.Header::request))
                .orElseGet(() -> JobJson.reconcileHeader(message.body(), message.id(), BadMessages.SENT)
                        .map(ReconcileJob::request));
    }

    private static void assertAnswerable(Request request) {
        if (!request.sourceRef().map(PlainText::isCarried).orElse(true)) {
            throw new AssertionError("what is told of it cannot be carried");
        }
    }

    // --- refused ---

    /** Plain conditions: they are looked at a million times. */
    private void assertNamed(OperationFailed refused, Message message) {
        String text = refused.text();
        String told = Failure.of(refused).text();
        require(refused.code() == ErrorCode.INVALID_REQUEST, "is an invalid request");
        require(PlainText.isCarried(told) && told.length() <= MOST_TEXT, "has a text that can be told");
        require(text.startsWith(message.field().orElse("")), "names the field that is wrong", text);
        require(!message.secret().map(text::contains).orElse(false), "keeps the value for itself", text);
        require(message.field().isPresent() || beginsWithAField(text, message.body()), "names a field", text);
        message.field().ifPresent(_ -> named.increment());
    }

    private static void require(boolean holds, String... what) {
        if (!holds) {
            throw new AssertionError("not so: " + String.join(": ", what));
        }
    }

    private static boolean beginsWithAField(String text, String body) {
        return text.startsWith("the message ")
                || Stream.of("game_id", "host_id", "image_ref").anyMatch(field -> text.equals(field + " is required"))
                || Json.parse(body).properties().stream().anyMatch(field -> text.startsWith(field.getKey()));
    }

    // --- accepted ---

    private static void assertStays(Job job) {
        assertStays(job.request());
        switch (job) {
            case StartJob start -> {
                start.spec().ifPresent(BadMessagesTest::assertStays);
                assertThat(start.contents().stream()
                                .mapToLong(blob -> blob.size())
                                .sum())
                        .isLessThanOrEqualTo(FileSpec.MAX_SIZE);
            }
            case StopJob stop -> {
                assertWithin(stop.grace());
                assertSent(stop);
            }
            case RestartJob restart -> {
                assertWithin(restart.grace());
                assertSent(restart);
            }
            case PatchJob patch -> assertWithin(patch.grace());
            case CleanupJob cleanup -> assertSent(cleanup);
            case SettleJob settle -> throw new AssertionError("no message carries " + settle);
        }
    }

    private static void assertStays(RuntimeSpec spec) {
        ObjectNode written = SpecJson.write(spec);
        RuntimeSpec read = SpecJson.read(Fields.of(Json.parse(Json.write(written))));
        assertThat(read).isEqualTo(spec);
        assertThat(Json.canonical(SpecJson.write(read))).isEqualTo(Json.canonical(written));
        assertWithin(spec.stopGrace());
    }

    private static void assertStays(Request request) {
        ObjectNode written = JobJson.write(request);
        assertThat(JobJson.readRequest(Fields.of(Json.parse(Json.write(written)))))
                .isEqualTo(request);
        assertThat(request.requestedAt()).isBeforeOrEqualTo(BadMessages.SENT);
        assertThat(new JobId(request.job().value())).isEqualTo(request.job());
    }

    /** As we would send it ourselves, it is the same job, but for how it was written. */
    private static void assertSent(Job job) {
        Job again = JobJson.read(job.kind(), Json.write(JobMessages.write(job)), "", BadMessages.SENT);
        assertThat(Json.canonical(JobMessages.write(again))).isEqualTo(Json.canonical(JobMessages.write(job)));
    }

    private static void assertWithin(Optional<Duration> grace) {
        grace.ifPresent(given -> assertThat(given).isBetween(Duration.ZERO, Limits.MAX_GRACE));
    }
}
