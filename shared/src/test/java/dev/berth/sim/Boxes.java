package dev.berth.sim;

import dev.berth.model.HostId;
import dev.berth.port.ContainerPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What an engine of the model keeps: containers, their names, and volumes. */
final class Boxes {
    private final HostId host;
    private final Map<String, Box> byId = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, ContainerPlan> reserved = new LinkedHashMap<>();
    private final Set<String> volumes = new TreeSet<>();
    private int made;

    Boxes(HostId host) {
        this.host = host;
    }

    Map<String, Box> byId() {
        return byId;
    }

    List<Box> all() {
        return List.copyOf(byId.values());
    }

    Set<String> volumes() {
        return volumes;
    }

    Optional<Box> find(String idOrName) {
        return Optional.ofNullable(byId.get(names.getOrDefault(idOrName, idOrName)));
    }

    Optional<Box> named(String name) {
        return Optional.ofNullable(names.get(name)).map(byId::get);
    }

    boolean isTaken(String name) {
        return names.containsKey(name);
    }

    /** @param kind stands in the id, so that a trace tells what is whose */
    String nextId(String kind) {
        return host + "-" + kind + made++;
    }

    /** Gives the name away before there is a container that could be seen. */
    void reserve(String id, ContainerPlan plan) {
        names.put(plan.name(), id);
        reserved.put(id, plan);
    }

    void put(Box box) {
        reserved.remove(box.id);
        byId.put(box.id, box);
        names.put(box.name, box.id);
    }

    void rename(Box box, String name) {
        names.remove(box.name, box.id);
        names.put(name, box.id);
        box.name = name;
    }

    /** The name is free a moment later, by {@link #free}. */
    void remove(Box box) {
        byId.remove(box.id);
    }

    void free(Box box) {
        names.remove(box.name, box.id);
    }

    /** What was about to be made; from now on nothing is. */
    Map<String, ContainerPlan> interrupted() {
        Map<String, ContainerPlan> unmade = new LinkedHashMap<>(reserved);
        reserved.clear();
        return unmade;
    }

    void freeNamesOfNobody() {
        names.entrySet().removeIf(entry -> !byId.containsKey(entry.getValue()));
    }
}
