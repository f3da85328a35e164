package dev.berth.sim;

import dev.berth.model.ErrorCode;
import dev.berth.model.HostId;
import dev.berth.model.ImageRef;
import dev.berth.model.PinnedImage;
import dev.berth.port.Container;
import dev.berth.port.Container.Health;
import dev.berth.port.Container.State;
import dev.berth.port.ContainerFile;
import dev.berth.port.ContainerHost.Creation;
import dev.berth.port.ContainerHost.Image;
import dev.berth.port.ContainerHost.StoredImage;
import dev.berth.port.ContainerPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A Docker engine as it was measured to behave: a request takes effect whether or not anybody waits for the answer; a
 * name is reserved before its container can be seen; a second removal is told that one is under way.
 */
class EngineModel {
    private static final Duration CLOCK_TICK = Duration.ofMillis(1);

    private final HostId id;
    private final Scheduler scheduler;
    private final Faults nature;
    private final Images images;
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, ContainerPlan> reserved = new LinkedHashMap<>();
    private final EngineLine line;
    private Watch watch = new Watch() {};
    private final Set<String> volumes = new TreeSet<>();
    private int created;

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
        this.images = images;
        this.line = new EngineLine(scheduler);
    }

    void watchedBy(Watch watcher) {
        watch = watcher;
    }

    HostId id() {
        return id;
    }

    Map<String, Box> boxes() {
        return boxes;
    }

    Optional<Box> named(String name) {
        return Optional.ofNullable(names.get(name)).map(boxes::get);
    }

    private Instant now() {
        return SimClock.BEGIN.plusMillis(scheduler.now());
    }

    // --- requests ---

    void findImage(ImageRef ref, Reply<Optional<Image>> reply) {
        receive(reply, () -> reply.answer(images.present(id, ref)));
    }

    void findImage(PinnedImage image, Reply<Optional<Image>> reply) {
        receive(reply, () -> reply.answer(images.present(id, image)));
    }

    void images(Reply<List<StoredImage>> reply) {
        receive(reply, () -> reply.answer(images.all(id)));
    }

    void removeImage(String image, Reply<Boolean> reply) {
        receive(reply, () -> {
            boolean used =
                    boxes.values().stream().anyMatch(box -> box.plan.image().equals(image));
            if (!used) {
                images.gone(id, image);
            }
            reply.answer(!used);
        });
    }

    /** Answers how many reports the pull makes; {@link #pulled} ends it. */
    void pull(ImageRef ref, Reply<Integer> reply) {
        receive(
                reply,
                () -> images.refusal(ref)
                        .ifPresentOrElse(code -> reply.fail(code, "simulated"), () -> reply.answer(nature.way(6))));
    }

    void pulled(ImageRef ref, Reply<Boolean> reply) {
        receive(reply, () -> {
            images.arrived(id, ref);
            reply.answer(true);
        });
    }

    void create(ContainerPlan plan, Reply<Creation> reply) {
        receive(reply, () -> {
            if (!images.isThere(id, plan.image())) {
                reply.fail(ErrorCode.DOCKER_ERROR, "no such image");
                return;
            }
            if (names.containsKey(plan.name())) {
                reply.answer(new Creation.NameTaken());
                return;
            }
            String box = id + "-c" + created++;
            names.put(plan.name(), box);
            reserved.put(box, plan);
            later(nature.work(), reply, () -> {
                reserved.remove(box);
                Box made = new Box(box, plan, false);
                boxes.put(box, made);
                plan.spec().volumes().forEach(volume -> volumes.add(plan.volumePrefix() + "_" + volume.name()));
                watch.changed(this, made, "created");
                reply.answer(new Creation.Created(box));
            });
        });
    }

    void inspect(String idOrName, Reply<Optional<Container>> reply) {
        receive(reply, () -> reply.answer(find(idOrName).map(Box::seen)));
    }

    private Optional<Box> find(String idOrName) {
        return Optional.ofNullable(boxes.get(names.getOrDefault(idOrName, idOrName)));
    }

    void list(Map<String, String> labels, Reply<List<Container>> reply) {
        receive(
                reply,
                () -> reply.answer(boxes.values().stream()
                        .filter(box -> box.plan.labels().entrySet().containsAll(labels.entrySet()))
                        .map(Box::seen)
                        .toList()));
    }

    void rename(String id, String name, Reply<Boolean> reply) {
        receive(reply, () -> {
            Optional<Box> found = find(id).filter(there -> there.state != State.REMOVING);
            String holder = names.getOrDefault(name, id);
            if (found.isEmpty() || !holder.equals(id)) {
                reply.answer(false);
                return;
            }
            names.remove(found.get().name, id);
            names.put(name, id);
            found.get().name = name;
            watch.changed(this, found.get(), "renamed");
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
            volumes.removeIf(volume -> volume.startsWith(prefix));
            reply.answer(true);
        });
    }

    Set<String> volumes() {
        return volumes;
    }

    void start(String box, Reply<Boolean> reply) {
        change(box, reply, found -> {
            if (found.state.live()) {
                reply.answer(true);
            } else if (boxes.values().stream().anyMatch(other -> other.state.live() && found.competesWith(other))) {
                reply.fail(ErrorCode.PORT_IN_USE, "port is already allocated: simulated");
            } else if (!found.plan.ports().isEmpty() && nature.way(30) == 29) {
                reply.fail(ErrorCode.PORT_IN_USE, "a stranger has the port: simulated");
            } else if (images.of(found).refusesToStart()) {
                reply.fail(ErrorCode.CONTAINER_START_FAILED, "the container cannot be started: simulated");
            } else {
                later(nature.work(), reply, () -> begin(found, reply));
            }
        });
    }

    private void begin(Box box, Reply<Boolean> reply) {
        if (!boxes.containsKey(box.id) || box.state == State.REMOVING) {
            reply.fail(ErrorCode.DOCKER_ERROR, "no such container");
            return;
        }
        boolean livedAlready = box.state.live();
        if (!livedAlready) {
            box.begin(now());
            watch.changed(this, box, "started");
        }
        reply.answer(true);
        images.of(box).exitsAfter().ifPresent(millis -> endByItself(box, millis));
        if (box.health.isPresent()) {
            Health becomes = images.of(box).healthy() ? Health.HEALTHY : Health.UNHEALTHY;
            scheduler.after(2_000, () -> box.health = Optional.of(becomes));
        }
        if (!livedAlready && nature.way(20) == 19) {
            endByItself(box, 100);
        }
    }

    private void endByItself(Box box, long millis) {
        scheduler.after(millis, () -> {
            if (box.state.live()) {
                box.endedByItself = true;
                box.end(1, now());
                watch.changed(this, box, "ended by itself");
            }
        });
    }

    void stop(String box, Duration grace, Reply<Boolean> reply) {
        receive(reply, () -> find(box).ifPresentOrElse(found -> stop(found, grace, reply), () -> reply.answer(true)));
    }

    private void stop(Box box, Duration grace, Reply<Boolean> reply) {
        watch.asked(this, box, false);
        if (!box.state.live()) {
            reply.answer(true);
            return;
        }
        boolean deaf = images.of(box).deaf() || nature.way(3) == 2;
        later(deaf ? grace.toMillis() : Math.min(grace.toMillis(), nature.work()), reply, () -> {
            end(box, deaf ? 137 : 0, "stopped");
            reply.answer(true);
        });
    }

    void kill(String box, Reply<Boolean> reply) {
        receive(reply, () -> {
            find(box).ifPresent(found -> {
                watch.asked(this, found, false);
                end(found, 137, "killed");
            });
            reply.answer(true);
        });
    }

    private void end(Box box, int code, String how) {
        if (box.state.live()) {
            box.end(code, now());
            watch.changed(this, box, how);
        }
    }

    void remove(String box, Reply<Boolean> reply) {
        receive(reply, () -> {
            Optional<Box> found = find(box);
            if (found.isEmpty() || found.get().state == State.REMOVING) {
                reply.answer(true);
                return;
            }
            watch.asked(this, found.get(), true);
            end(found.get(), 137, "killed to be removed");
            found.get().state = State.REMOVING;
            later(nature.work(), reply, () -> {
                boxes.remove(found.get().id);
                watch.changed(this, found.get(), "removed");
                // A name may be free a moment after its container is gone.
                later(nature.work(), reply, () -> {
                    names.remove(found.get().name, found.get().id);
                    reply.answer(true);
                });
            });
        });
    }

    private void change(String box, Reply<Boolean> reply, Consumer<Box> change) {
        receive(reply, () -> {
            Optional<Box> found = find(box).filter(there -> there.state != State.REMOVING);
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

    /** The host is back. */
    void reachable() {
        line.reachable();
    }

    /** How it is reached, and whether it answers. */
    EngineLine line() {
        return line;
    }

    /** The daemon dies: what it was doing is lost, a name it had just reserved may be left with a container. */
    void daemonDies(boolean containersDie) {
        line.breaksOff();
        reserved.forEach((box, plan) -> {
            if (nature.way(2) == 0) {
                Box leftover = new Box(box, plan, false);
                boxes.put(box, leftover);
                watch.changed(this, leftover, "left over, created");
            }
        });
        reserved.clear();
        names.entrySet().removeIf(entry -> !boxes.containsKey(entry.getValue()));
        for (Box box : List.copyOf(boxes.values())) {
            if (box.state == State.REMOVING) {
                box.state = State.EXITED;
            }
            if (containersDie && box.state.live()) {
                box.endedByItself = true;
                box.end(137, now().plus(CLOCK_TICK));
                watch.changed(this, box, "lost its power");
            }
        }
    }

    /** Somebody else's container of that name, if the name is free. */
    void intrude(ContainerPlan plan) {
        if (!names.containsKey(plan.name())) {
            Box box = new Box(id + "-foreign" + created++, plan, true);
            box.begin(now());
            boxes.put(box.id, box);
            names.put(plan.name(), box.id);
        }
    }

    /** What the engine does by itself with a container that has ended, under a restart policy that it must not have. */
    void comesBack(Box box) {
        if (box.state == State.EXITED) {
            box.begin(now());
            watch.changed(this, box, "restarted by the engine");
        }
    }

    /** The container dies of its own. */
    void dies(String name) {
        named(name).filter(box -> !box.foreign).ifPresent(box -> endByItself(box, 0));
    }
}
