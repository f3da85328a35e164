package dev.berth.sim;

import dev.berth.model.ErrorCode;
import dev.berth.model.HostId;
import dev.berth.model.OperationFailed;
import dev.berth.operation.ChangedOperations;
import dev.berth.operation.Operations;
import dev.berth.operation.World;
import dev.berth.port.Container;
import dev.berth.port.ContainerPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Mistakes in how containers are made, changed and looked at, and in how messages are taken. */
final class PlantedEngineBugs {
    private PlantedEngineBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                inEngine(
                        "remove by name", (id, scheduler, faults, images) -> new ByName(id, scheduler, faults, images) {
                            @Override
                            void remove(String box, Reply<Boolean> reply) {
                                super.remove(name(box), reply);
                            }
                        }),
                inEngine("stop by name", (id, scheduler, faults, images) -> new ByName(id, scheduler, faults, images) {
                    @Override
                    void stop(String box, Duration grace, Reply<Boolean> reply) {
                        super.stop(name(box), grace, reply);
                    }
                }),
                PlantedBug.inHost("what does not answer is not there", (host, world) -> new OtherHost(host) {
                    @Override
                    public void kill(String id) {
                        ignoringTimeOut(() -> right.kill(id));
                    }

                    @Override
                    public Optional<Container> inspect(String idOrName) {
                        try {
                            return right.inspect(idOrName);
                        } catch (OperationFailed silent) {
                            return Optional.empty();
                        }
                    }
                }),
                PlantedBug.inHost("a stop that was asked for counts as done", (host, world) -> new OtherHost(host) {
                    private final Set<String> asked = new HashSet<>();

                    @Override
                    public void stop(String id, Duration grace) {
                        asked.add(id);
                        ignoringTimeOut(() -> right.stop(id, grace));
                    }

                    @Override
                    public Optional<Container> inspect(String id) {
                        return right.inspect(id).map(there -> asked.contains(there.id()) ? ended(there) : there);
                    }
                }),
                PlantedBug.inHost("whatever has the name is taken over", (host, world) -> new OtherHost(host) {
                    @Override
                    public Creation create(ContainerPlan plan) {
                        Creation creation = right.create(plan);
                        return creation instanceof Creation.NameTaken
                                ? right.inspect(plan.name())
                                        .<Creation>map(there -> new Creation.Created(there.id()))
                                        .orElse(creation)
                                : creation;
                    }
                }),
                PlantedBug.inHost("labels are not looked at", (host, world) -> new OtherHost(host) {
                    @Override
                    public Optional<Container> inspect(String idOrName) {
                        return right.inspect(idOrName).map(there -> labelled(there, world));
                    }
                }),
                PlantedBug.inHost("the fence is not on the label", (host, world) -> new OtherHost(host) {
                    @Override
                    public Creation create(ContainerPlan plan) {
                        Map<String, String> labels = new HashMap<>(plan.labels());
                        labels.put("berth.fence", "1");
                        return right.create(new ContainerPlan(
                                plan.name(),
                                plan.image(),
                                labels,
                                plan.spec(),
                                plan.env(),
                                plan.ports(),
                                plan.volumePrefix()));
                    }
                }),
                inEngine(
                        "Docker's restart policy is always",
                        (id, scheduler, faults, images) -> new EngineModel(id, scheduler, faults, images) {
                            @Override
                            void reachable() {
                                super.reachable();
                                boxes().values().stream()
                                        .filter(box -> !box.foreign)
                                        .forEach(fate()::comesBack);
                            }
                        }),
                new PlantedBug("nothing is undone", new Setup() {
                    @Override
                    public Operations operations(World world) {
                        return ChangedOperations.withoutUndo(world);
                    }
                }),
                new PlantedBug("the message is deleted before the job is done", new Setup() {
                    @Override
                    public boolean acknowledgesFirst() {
                        return true;
                    }
                }),
                new PlantedBug("a message that is given back is deleted", new Setup() {
                    @Override
                    public boolean forgetsGivenBack() {
                        return true;
                    }
                }),
                new PlantedBug("nobody looks for what dead attempts left open", new Setup() {
                    @Override
                    public boolean neverSweeps() {
                        return true;
                    }
                }));
    }

    /** Makes an engine. */
    private interface Maker {
        EngineModel make(HostId id, Scheduler scheduler, Faults faults, Images images);
    }

    private static PlantedBug inEngine(String name, Maker maker) {
        return new PlantedBug(name, new Setup() {
            @Override
            public EngineModel engine(HostId id, Scheduler scheduler, Faults faults, Images images) {
                return maker.make(id, scheduler, faults, images);
            }
        });
    }

    /** Finds out what name a container has, or had. */
    private static class ByName extends EngineModel {
        private final Map<String, String> names = new HashMap<>();

        ByName(HostId id, Scheduler scheduler, Faults faults, Images images) {
            super(id, scheduler, faults, images);
        }

        @Override
        void start(String box, Reply<Boolean> reply) {
            name(box);
            super.start(box, reply);
        }

        String name(String box) {
            Optional.ofNullable(boxes().get(box)).ifPresent(there -> names.put(box, there.plan.name()));
            return names.getOrDefault(box, box);
        }
    }

    private static void ignoringTimeOut(Runnable call) {
        try {
            call.run();
        } catch (OperationFailed unknown) {
            if (unknown.code() != ErrorCode.HOST_UNREACHABLE) {
                throw unknown;
            }
        }
    }

    private static Container ended(Container there) {
        return seen(there, there.labels(), Container.State.EXITED);
    }

    private static Container labelled(Container there, World world) {
        Map<String, String> labels = new HashMap<>(there.labels());
        labels.put("berth.owner", world.stack());
        labels.put("berth.game", there.name().substring(world.stack().length() + 1));
        labels.putIfAbsent("berth.fence", "0");
        return seen(there, labels, there.state());
    }

    static Container seen(Container there, Map<String, String> labels, Container.State state) {
        return new Container(
                there.id(),
                there.name(),
                labels,
                there.image(),
                there.resources(),
                there.createdAt(),
                state,
                there.exitCode(),
                there.oomKilled(),
                there.health(),
                there.startedAt(),
                there.finishedAt(),
                there.endpoints());
    }
}
