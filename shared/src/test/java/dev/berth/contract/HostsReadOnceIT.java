package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Host;
import dev.berth.model.HostState;
import dev.berth.model.OperationFailed;
import dev.berth.port.Hosts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Jobs of one batch that want to know the hosts while these are being read. */
@Tag("aws")
@ExtendWith(LocalStore.Provided.class)
final class HostsReadOnceIT implements ExecutionInterceptor {
    private final AtomicInteger reads = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final ExecutorService jobs = Executors.newVirtualThreadPerTaskExecutor();
    private final Host host = Samples.host(HostState.ACTIVE);
    private final DynamoDbClient dynamo;
    private final StorePorts good;
    private final Hosts hosts;
    private volatile boolean refused;

    HostsReadOnceIT(LocalStore store) {
        dynamo = SpoiltAnswers.watched(store.endpoint(), this);
        good = store.ports();
        hosts = store.ports(dynamo).hosts();
        good.hosts().register(host);
    }

    /** The first read waits until it is told to go on. */
    @Override
    public void beforeExecution(Context.BeforeExecution sent, ExecutionAttributes attributes) {
        if (sent.request() instanceof ScanRequest && reads.incrementAndGet() == 1) {
            begun.countDown();
            try {
                assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (refused) {
                throw SdkClientException.create("no connection");
            }
        }
    }

    @AfterEach
    void close() {
        goOn.countDown();
        jobs.shutdownNow();
        dynamo.close();
    }

    private Future<List<Host>> reading() throws InterruptedException {
        Future<List<Host>> first = jobs.submit(hosts::all);
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        return first;
    }

    @Test
    void allWhoAskMeanwhileShareOneRead() throws Exception {
        Future<List<Host>> first = reading();
        CountDownLatch asking = new CountDownLatch(3);
        List<Future<List<Host>>> others = Stream.generate(() -> jobs.submit(() -> {
                    asking.countDown();
                    return hosts.all();
                }))
                .limit(3)
                .toList();
        assertThat(asking.await(30, TimeUnit.SECONDS)).isTrue();

        goOn.countDown();

        assertThat(first.get()).contains(host);
        for (Future<List<Host>> other : others) {
            assertThat(other.get()).contains(host);
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void whoeverHasChangedAHostDoesNotShareWhatWasReadBefore() throws Exception {
        Future<List<Host>> first = reading();
        Host another = Samples.host(HostState.ACTIVE);

        hosts.register(another);

        assertThat(hosts.find(another.id())).contains(another);
        assertThat(reads).hasValue(2);
        goOn.countDown();
        assertThat(first.get()).contains(host);
        assertThat(hosts.find(another.id()))
                .as("after the older read has ended")
                .contains(another);
        assertThat(reads).hasValue(2);
    }

    @Test
    void aReadThatFailsIsNotRemembered() throws Exception {
        refused = true;
        Future<List<Host>> first = reading();

        goOn.countDown();

        assertThat(first)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(OperationFailed.class);
        assertThat(hosts.all()).contains(host);
        assertThat(reads).hasValue(2);
    }
}
