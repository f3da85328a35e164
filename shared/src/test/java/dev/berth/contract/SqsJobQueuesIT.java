package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.aws.SqsJobQueue;
import dev.berth.aws.SqsJobQueues;
import dev.berth.aws.SqsResults;
import dev.berth.local.aws.AwsServices;
import dev.berth.local.aws.LocalClients;
import dev.berth.model.CleanupJob;
import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.HostResult;
import dev.berth.model.Job;
import dev.berth.model.JobId;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.OperationFailed;
import dev.berth.model.Outcome;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.RestartJob;
import dev.berth.model.StopJob;
import dev.berth.model.StopReason;
import dev.berth.model.TraceHeader;
import dev.berth.port.Telemetry.Cause;
import dev.berth.wire.JobJson;
import dev.berth.wire.Json;
import dev.berth.wire.ResultJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** What a sweep sends, and what becomes known of hosts, on SQS. */
@Tag("aws")
@ExtendWith(ProvidedServices.class)
final class SqsJobQueuesIT {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private static final TraceHeader TRACE =
            new TraceHeader("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
    private static final Optional<TraceHeader> NO_TRACE = Optional.empty();

    private static SqsClient sqs;

    private final String stops = queue();
    private final String restarts = queue();
    private final String cleanups = queue();
    private final String reconciles = queue();
    private final Map<OpKind, String> urls =
            Map.of(OpKind.STOP, stops, OpKind.RESTART, restarts, OpKind.CLEANUP_CONTAINER, cleanups);
    private final SqsJobQueues queues = new SqsJobQueues(sqs, urls, reconciles);

    @BeforeAll
    static void start(AwsServices services) {
        sqs = LocalClients.sqs(services.sqs());
    }

    @AfterAll
    static void stop() {
        sqs.close();
    }

    @Test
    void sendsEachJobToTheQueueOfItsKind() {
        queues.send(List.of(stop("a"), restart("b"), cleanup("c"), stop("d")), NO_TRACE);
        queues.sendReconciles(List.of(reconcile("host-1")), NO_TRACE);

        assertThat(games(stops, OpKind.STOP)).containsExactlyInAnyOrder("a", "d");
        assertThat(games(restarts, OpKind.RESTART)).containsExactly("b");
        assertThat(games(cleanups, OpKind.CLEANUP_CONTAINER)).containsExactly("c");
        assertThat(hosts(reconciles)).containsExactly("host-1");
    }

    @Test
    void sendsMoreThanOneCallTakes() {
        List<String> names =
                IntStream.range(0, 23).mapToObj(each -> "host-" + each).toList();
        Picky counted = new Picky(0);
        new SqsJobQueues(counted, urls, reconciles)
                .sendReconciles(names.stream().map(SqsJobQueuesIT::reconcile).toList(), NO_TRACE);

        assertThat(hosts(reconciles)).containsExactlyInAnyOrderElementsOf(names);
        assertThat(counted.sizes).containsExactly(10, 10, 3);
    }

    @Test
    void asksNothingOfTheQueuesWhereThereIsNothingToSend() {
        Picky counted = new Picky(0);
        SqsJobQueues idle = new SqsJobQueues(counted, urls, reconciles);
        idle.send(List.of(), NO_TRACE);
        idle.sendReconciles(List.of(), NO_TRACE);

        assertThat(counted.sizes).isEmpty();
    }

    @Test
    void sendsTheRestWhereSomeAreNotTakenAndTellsIt() {
        List<Job> jobs =
                IntStream.range(0, 12).mapToObj(each -> stop("g" + each)).toList();

        assertThatThrownBy(() -> new SqsJobQueues(new Picky(1), urls, reconciles).send(jobs, NO_TRACE))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                .hasMessage("the queue did not take 2 of 12 jobs");
        assertThat(games(stops, OpKind.STOP)).hasSize(10).doesNotContain("g0", "g10");
    }

    @Test
    void sendsToTheOtherQueuesWhereOneIsNotThere() {
        SqsJobQueues broken = new SqsJobQueues(
                sqs, Map.of(OpKind.STOP, stops + "-gone", OpKind.CLEANUP_CONTAINER, cleanups), reconciles);

        assertThatThrownBy(() -> broken.send(List.of(stop("a"), cleanup("b")), NO_TRACE))
                .isInstanceOf(OperationFailed.class);
        assertThat(games(cleanups, OpKind.CLEANUP_CONTAINER)).containsExactly("b");
    }

    @Test
    void publishesWhatBecameOfAJobOnAHostUnderItsJobId() {
        String results = queue();
        HostResult result = new HostResult(
                new JobId("job-1"),
                new HostId("host-1"),
                OpSource.AUTO_RECONCILE,
                Optional.empty(),
                Outcome.SUCCESS,
                Effect.NOOP,
                Optional.empty(),
                NOW,
                NOW.plusMillis(7));
        new SqsResults(sqs, results).publish(result, Optional.of(TRACE));

        Message published = received(results).getFirst();
        assertThat(ResultJson.readHost(Json.parse(published.body()))).isEqualTo(result);
        assertThat(published.messageAttributes().get("job_id").stringValue()).isEqualTo("job-1");
        assertThat(trace(published)).isEqualTo(TRACE.value());
    }

    @Test
    void passesTheTraceOnWithEverythingThatItSends() {
        String dead = queue();
        queues.send(List.of(stop("a")), Optional.of(TRACE));
        queues.sendReconciles(List.of(reconcile("host-1")), Optional.of(TRACE));
        new SqsJobQueue(sqs, stops, dead)
                .bury(
                        "[]",
                        "message-1",
                        new Cause(OpId.of(new JobId("message-1")), Optional.of(TRACE)),
                        new Failure(ErrorCode.INVALID_REQUEST, "it is not an object"));

        assertThat(List.of(stops, reconciles, dead))
                .allSatisfy(
                        queue -> assertThat(trace(received(queue).getFirst())).isEqualTo(TRACE.value()));
    }

    private static String trace(Message message) {
        return message.attributes().get(MessageSystemAttributeName.AWS_TRACE_HEADER);
    }

    private static Job stop(String game) {
        return new StopJob(new GameId(game), request(game), StopReason.IDLE, Optional.empty());
    }

    private static Job restart(String game) {
        return new RestartJob(new GameId(game), request(game), Optional.empty());
    }

    private static Job cleanup(String game) {
        return new CleanupJob(new GameId(game), request(game), false);
    }

    private static ReconcileJob reconcile(String host) {
        return new ReconcileJob(new HostId(host), request(host));
    }

    private static Request request(String id) {
        return new Request(new JobId(id), OpSource.AUTO_TTL, Optional.empty(), NOW, Optional.empty(), "any");
    }

    private static String queue() {
        return sqs.createQueue(create -> create.queueName("queue-" + COUNT.incrementAndGet()))
                .queueUrl();
    }

    private static List<String> games(String url, OpKind kind) {
        return received(url).stream()
                .map(message -> JobJson.read(kind, message.body(), message.messageId(), NOW))
                .map(job -> job.game().value())
                .toList();
    }

    private static List<String> hosts(String url) {
        return received(url).stream()
                .map(message -> JobJson.readReconcile(message.body(), message.messageId(), NOW))
                .map(job -> job.host().value())
                .toList();
    }

    /** Everything that is in the queue. */
    private static List<Message> received(String url) {
        List<Message> all = new ArrayList<>();
        List<Message> some;
        do {
            some = sqs.receiveMessage(receive -> receive.queueUrl(url)
                            .maxNumberOfMessages(10)
                            .messageAttributeNames("All")
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                    .messages();
            all.addAll(some);
        } while (!some.isEmpty());
        return all;
    }

    /** The real queue, but for the first messages of each call, which it does not take. */
    private static final class Picky implements SqsClient {
        private final int refused;
        private final List<Integer> sizes = new ArrayList<>();

        Picky(int refused) {
            this.refused = refused;
        }

        @Override
        public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
            sizes.add(request.entries().size());
            var taken = request.entries().subList(refused, request.entries().size());
            return sqs.sendMessageBatch(request.toBuilder().entries(taken).build()).toBuilder()
                    .failed(request.entries().subList(0, refused).stream()
                            .map(entry -> BatchResultErrorEntry.builder()
                                    .id(entry.id())
                                    .senderFault(false)
                                    .code("InternalError")
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }
}
