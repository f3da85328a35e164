package dev.berth.sim;

import dev.berth.model.ErrorCode;
import dev.berth.model.HostId;
import dev.berth.port.Container;
import dev.berth.port.Container.Health;
import dev.berth.port.Container.State;
import dev.berth.port.ContainerFile;
import dev.berth.port.ContainerHost.About;
import dev.berth.port.ContainerHost.Creation;
import dev.berth.port.ContainerHost.Usage;
import dev.berth.port.ContainerPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A Docker engine as it was measured to behave: a request takes effect whether or not anybody waits for the answer; a
 * name is reserved before its container can be seen; a second removal is told that one is under way.
 */
class EngineModel {
    private static final String VERSION = "20.10.24";
    private static final String API = "1.41";
    private static final int PROCESSORS = 8;
    private static final long MEMORY = 16L << 30;
    static final Instant CERTIFICATES_END = SimClock.BEGIN.plus(Duration.ofDays(365));

    /** What every container of the model uses while it runs. */
    private static final double BUSY = 0.01;

    private static final long USED = 4L << 20;

    private final HostId id;
    private final Scheduler scheduler;
    private final Faults nature;
    private final Images natures;
    private final Boxes boxes;
    private final EngineImages images;
    private final EngineFate fate;
    private final EngineLine line;
    private Watch watch = new Watch() {};

    /** Is told of each effect, after it happened. */
    interface Watch {
        default void changed(EngineModel engine, Box box, String how) {}

        /** Somebody asks for a container to be stopped, killed or removed. */
        default void asked(EngineModel engine, Box box, boolean toRemove) {}

        /** Something that is done later, in the name of whoever asks now. */
        default Runnable bound(Runnable later) {
            return later;
        }
    }

    EngineModel(HostId id, Scheduler scheduler, Faults nature, Images images) {
        this.id = id;
        this.scheduler = scheduler;
        this.nature = nature;
        this.natures = images;
        this.boxes = new Boxes(id);
        this.images = new EngineImages(id, images, boxes, nature, this::receive);
        this.fate = new EngineFate(this, boxes, nature, this::now);
        this.line = new EngineLine(scheduler);
    }

    void watchedBy(Watch watcher) {
        watch = watcher;
    }

    HostId id() {
        return id;
    }

    Map<String, Box> boxes() {
        return boxes.byId();
    }

    Set<String> volumes() {
        return boxes.volumes();
    }

    EngineImages images() {
        return images;
    }

    /** What befalls its containers. */
    EngineFate fate() {
        return fate;
    }

    /** How it is reached, and whether it answers. */
    EngineLine line() {
        return line;
    }

    /** The host is back. */
    void reachable() {
        line.reachable();
    }

    void tell(Box box, String how) {
        watch.changed(this, box, how);
    }

    Instant now() {
        return SimClock.BEGIN.plusMillis(scheduler.now());
    }

    // --- requests ---

    void about(Reply<About> reply) {
        receive(
                reply,
                () -> reply.answer(new About(
                        id.value(), VERSION, API, true, "overlay2", now(), PROCESSORS, MEMORY, CERTIFICATES_END)));
    }

    void create(ContainerPlan plan, Reply<Creation> reply) {
        receive(reply, () -> {
            if (!natures.isThere(id, plan.image())) {
                reply.fail(ErrorCode.DOCKER_ERROR, "no such image");
                return;
            }
            if (boxes.isTaken(plan.name())) {
                reply.answer(new Creation.NameTaken());
                return;
            }
            String box = boxes.nextId("c");
            boxes.reserve(box, plan);
            later(nature.work(), reply, () -> {
                Box made = new Box(box, plan, false, now());
                boxes.put(made);
                plan.spec().volumes().forEach(volume -> boxes.volumes().add(plan.volumePrefix() + "_" + volume.name()));
                tell(made, "created");
                reply.answer(new Creation.Created(box));
            });
        });
    }

    void inspect(String idOrName, Reply<Optional<Container>> reply) {
        receive(reply, () -> reply.answer(boxes.find(idOrName).map(Box::seen)));
    }

    void list(Map<String, String> labels, Reply<List<Container>> reply) {
        receive(
                reply,
                () -> reply.answer(boxes.all().stream()
                        .filter(box -> box.plan.labels().entrySet().containsAll(labels.entrySet()))
                        .map(Box::listed)
                        .toList()));
    }

    void usage(String box, Reply<Optional<Usage>> reply) {
        receive(
                reply,
                () -> reply.answer(boxes.find(box)
                        .filter(found -> found.state.live())
                        .map(found -> new Usage(
                                BUSY,
                                USED,
                                found.plan.spec().resources().memory().bytes()))));
    }

    void rename(String id, String name, Reply<Boolean> reply) {
        receive(reply, () -> {
            Optional<Box> found = boxes.find(id).filter(there -> there.state != State.REMOVING);
            boolean free = !boxes.isTaken(name) || boxes.find(name).equals(found);
            if (found.isEmpty() || !free) {
                reply.answer(false);
                return;
            }
            boxes.rename(found.get(), name);
            tell(found.get(), "renamed");
            reply.answer(true);
        });
    }

    void copyFiles(String id, List<ContainerFile> files, Reply<Boolean> reply) {
        change(id, reply, found -> {
            if (found.state != State.CREATED) {
                reply.fail(ErrorCode.INTERNAL, "files are written into a container that ran");
                return;
            }
            found.files = files;
            reply.answer(true);
        });
    }

    void removeVolumes(String prefix, Reply<Boolean> reply) {
        receive(reply, () -> {
            boxes.volumes().removeIf(volume -> volume.startsWith(prefix));
            reply.answer(true);
        });
    }

    void start(String box, Reply<Boolean> reply) {
        change(box, reply, found -> {
            if (found.state.live()) {
                reply.answer(true);
            } else if (boxes.all().stream().anyMatch(other -> other.state.live() && found.competesWith(other))) {
                reply.fail(ErrorCode.PORT_IN_USE, "port is already allocated: simulated");
            } else if (!found.plan.ports().isEmpty() && nature.way(30) == 29) {
                reply.fail(ErrorCode.PORT_IN_USE, "a stranger has the port: simulated");
            } else if (natures.of(found).refusesToStart()) {
                reply.fail(ErrorCode.CONTAINER_START_FAILED, "the container cannot be started: simulated");
            } else {
                later(nature.work(), reply, () -> begin(found, reply));
            }
        });
    }

    private void begin(Box box, Reply<Boolean> reply) {
        if (!boxes.byId().containsKey(box.id) || box.state == State.REMOVING) {
            reply.fail(ErrorCode.DOCKER_ERROR, "no such container");
            return;
        }
        boolean livedAlready = box.state.live();
        if (!livedAlready) {
            box.begin(now());
            tell(box, "started");
        }
        reply.answer(true);
        natures.of(box).exitsAfter().ifPresent(millis -> endByItself(box, millis));
        if (box.health.isPresent()) {
            Health becomes = natures.of(box).healthy() ? Health.HEALTHY : Health.UNHEALTHY;
            scheduler.after(2_000, () -> box.health = Optional.of(becomes));
        }
        if (!livedAlready && nature.way(20) == 19) {
            endByItself(box, 100);
        }
    }

    void endByItself(Box box, long millis) {
        scheduler.after(millis, () -> {
            if (box.state.live()) {
                box.endedByItself = true;
                box.end(1, now());
                tell(box, "ended by itself");
            }
        });
    }

    void stop(String box, Duration grace, Reply<Boolean> reply) {
        receive(
                reply,
                () -> boxes.find(box).ifPresentOrElse(found -> stop(found, grace, reply), () -> reply.answer(true)));
    }

    private void stop(Box box, Duration grace, Reply<Boolean> reply) {
        watch.asked(this, box, false);
        if (!box.state.live()) {
            reply.answer(true);
            return;
        }
        boolean deaf = natures.of(box).deaf() || nature.way(3) == 2;
        later(deaf ? grace.toMillis() : Math.min(grace.toMillis(), nature.work()), reply, () -> {
            end(box, deaf ? 137 : 0, "stopped");
            reply.answer(true);
        });
    }

    void kill(String box, Reply<Boolean> reply) {
        receive(reply, () -> {
            boxes.find(box).ifPresent(found -> {
                watch.asked(this, found, false);
                end(found, 137, "killed");
            });
            reply.answer(true);
        });
    }

    private void end(Box box, int code, String how) {
        if (box.state.live()) {
            box.end(code, now());
            tell(box, how);
        }
    }

    void remove(String box, Reply<Boolean> reply) {
        receive(reply, () -> {
            Optional<Box> found = boxes.find(box);
            if (found.isEmpty() || found.get().state == State.REMOVING) {
                reply.answer(true);
                return;
            }
            watch.asked(this, found.get(), true);
            end(found.get(), 137, "killed to be removed");
            found.get().state = State.REMOVING;
            later(nature.work(), reply, () -> {
                boxes.remove(found.get());
                tell(found.get(), "removed");
                // A name may be free a moment after its container is gone.
                later(nature.work(), reply, () -> {
                    boxes.free(found.get());
                    reply.answer(true);
                });
            });
        });
    }

    private void change(String box, Reply<Boolean> reply, Consumer<Box> change) {
        receive(reply, () -> {
            Optional<Box> found = boxes.find(box).filter(there -> there.state != State.REMOVING);
            if (found.isEmpty()) {
                reply.fail(ErrorCode.DOCKER_ERROR, "no such container");
            } else {
                change.accept(found.get());
            }
        });
    }

    // --- what a host may do ---

    private void receive(Reply<?> reply, Runnable handling) {
        line.receive(reply, handling, watch);
    }

    private void later(long millis, Reply<?> reply, Runnable rest) {
        line.later(millis, reply, rest, watch);
    }
}
