package dev.berth.sim;

import dev.berth.contract.ContainerCareContract;
import dev.berth.contract.ContainerEndContract;
import dev.berth.contract.ContainerHostContract;
import dev.berth.contract.EngineFixture;
import dev.berth.contract.EngineTellingContract;
import dev.berth.model.HostId;
import dev.berth.model.ImageRef;
import dev.berth.model.PortSpec;
import dev.berth.model.Protocol;
import dev.berth.model.Resources;
import dev.berth.model.RestartPolicy;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.Size;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;

/** The contract on the model of an engine, which is as good as what is proven with it. */
final class ModelContainerHostTest {
    @Nested
    final class Contract extends ContainerHostContract {
        Contract() {
            super(new ModelEngine());
        }
    }

    @Nested
    final class Care extends ContainerCareContract {
        Care() {
            super(new ModelEngine());
        }
    }

    @Nested
    final class Telling extends EngineTellingContract {
        Telling() {
            super(new ModelEngine());
        }
    }

    @Nested
    final class Ends extends ContainerEndContract {
        Ends() {
            super(new ModelEngine());
        }
    }

    private static final class ModelEngine implements EngineFixture {
        private final Scheduler scheduler = new Scheduler();
        private final Images images = new Images();
        private final HostId id = new HostId("host-1");
        private boolean deaf;

        private final EngineModel engine = new EngineModel(
                id,
                scheduler,
                new Faults() {
                    @Override
                    public int way(int n) {
                        return deaf && n == 3 ? 2 : 0;
                    }
                },
                images);

        private final ContainerHost host =
                new SimContainerHost(engine, new StraightLine(), () -> Duration.ofMinutes(5));

        ModelEngine() {
            List.of(Images.GOOD, Images.DIES, Images.REFUSES).forEach(image -> images.arrived(id, image));
        }

        @Override
        public ContainerHost host() {
            return host;
        }

        @Override
        public ImageRef image() {
            return Images.GOOD;
        }

        @Override
        public ContainerPlan plan(String name, Behaviour behaviour) {
            deaf = behaviour == Behaviour.IGNORES_SIGNALS;
            ImageRef image = switch (behaviour) {
                case SERVES, IGNORES_SIGNALS -> Images.GOOD;
                case FAILS -> Images.DIES;
                case CANNOT_START -> Images.REFUSES;
            };
            return ContainerPlan.of(
                    name,
                    host.findImage(image).orElseThrow().id(),
                    Map.of("berth.game", name, "berth.text", "Zo\u00eb"),
                    spec(),
                    name);
        }

        private static RuntimeSpec spec() {
            return new RuntimeSpec(
                    new Resources(500, new Size(32L << 20)),
                    Optional.empty(),
                    List.of(),
                    Map.of(),
                    List.of(new PortSpec(8080, Protocol.TCP, Optional.empty())),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    RestartPolicy.NEVER,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    false,
                    Map.of());
        }

        @Override
        public void intrude(String name) {
            engine.fate().intrude(ContainerPlan.of(name, "foreign", Map.of(), spec(), name));
        }

        @Override
        public void awaitServing(String container) {
            // It does from the beginning.
        }

        @Override
        public void await(BooleanSupplier so) {
            AtomicBoolean over = new AtomicBoolean();
            scheduler.after(Duration.ofSeconds(1).toMillis(), () -> over.set(true));
            scheduler.runUntil(over::get);
        }

        /** On which nothing is lost; what is due in the meantime happens. */
        private final class StraightLine implements SimContainerHost.Line {
            @Override
            public <T> T call(String what, Duration limit, Consumer<Reply<T>> request) {
                AtomicReference<T> answer = new AtomicReference<>();
                AtomicReference<RuntimeException> failure = new AtomicReference<>();
                request.accept(new Reply<>((value, refused) -> {
                    answer.set(value);
                    failure.set(refused);
                }));
                scheduler.runUntil(() -> answer.get() != null || failure.get() != null);
                if (failure.get() != null) {
                    throw failure.get();
                }
                return answer.get();
            }

            @Override
            public void pause(Duration duration) {
                AtomicBoolean over = new AtomicBoolean();
                scheduler.after(duration.toMillis(), () -> over.set(true));
                scheduler.runUntil(over::get);
            }
        }
    }
}
