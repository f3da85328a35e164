package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.HostId;
import dev.berth.model.HostResult;
import dev.berth.model.HostState;
import dev.berth.model.JobResult;
import dev.berth.model.OperationFailed;
import dev.berth.model.Outcome;
import dev.berth.model.TraceHeader;
import dev.berth.operation.World;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHosts;
import dev.berth.port.Results;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** One host that hangs, among others. */
@ExtendWith(Fleet.Provided.class)
@ResourceLock(Fleet.ENGINES)
class FrozenHostIT {
    private static final HostId FROZEN = Fleet.HOSTS.getFirst();

    private final LocalFleet fleet;
    private final CountDownLatch others = new CountDownLatch(Fleet.HOSTS.size() - 1);
    private final List<HostResult> results = new CopyOnWriteArrayList<>();

    FrozenHostIT(Fleet engines) {
        fleet = new LocalFleet(engines);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void keepsNoOtherFromBeingLookedAt() {
        Fleet.HOSTS.forEach(fleet::started);
        fleet.freeze(FROZEN);
        ContainerHosts engines = fleet.world.containerHosts();
        World world = fleet.world
                .with((host, left, ended) -> host.id().equals(FROZEN)
                        ? hangingLongest(engines.connect(host, left, ended))
                        : engines.connect(host, left, ended))
                .with(new Told());

        fleet.schedules.minute(world);

        assertThat(results).hasSize(Fleet.HOSTS.size());
        assertThat(results.subList(0, results.size() - 1))
                .extracting(HostResult::outcome)
                .containsOnly(Outcome.SUCCESS);
        HostResult last = results.getLast();
        assertThat(last.host()).isEqualTo(FROZEN);
        assertThat(last.failure().map(Failure::code)).contains(ErrorCode.HOST_UNREACHABLE);
        assertThat(fleet.host(FROZEN).state()).isEqualTo(HostState.ACTIVE);
        assertThat(Fleet.HOSTS)
                .filteredOn(host -> fleet.host(host).notes().silentSince().isPresent())
                .containsExactly(FROZEN);
    }

    /** However long the others take on this machine, it hangs until they are done; if they wait for it, that is never. */
    private ContainerHost hangingLongest(ContainerHost engine) {
        return (ContainerHost) Proxy.newProxyInstance(
                ContainerHost.class.getClassLoader(), new Class<?>[] {ContainerHost.class}, (_, method, arguments) -> {
                    try {
                        return method.invoke(engine, arguments);
                    } catch (InvocationTargetException unheard) {
                        assertThat(unheard.getCause()).isInstanceOf(OperationFailed.class);
                        assertThat(others.await(60, TimeUnit.SECONDS)).isTrue();
                        throw unheard.getCause();
                    }
                });
    }

    private final class Told implements Results {
        @Override
        public void publish(JobResult result, Optional<TraceHeader> trace) {}

        @Override
        public void publish(HostResult result, Optional<TraceHeader> trace) {
            results.add(result);
            if (!result.host().equals(FROZEN)) {
                others.countDown();
            }
        }
    }
}
