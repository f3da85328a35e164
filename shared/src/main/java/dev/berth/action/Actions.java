package dev.berth.action;

import dev.berth.action.ActionRefused.Reason;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The actions that there are, by the application that they belong to and their name.
 *
 * @param <C> what their steps are given beside the state
 */
public final class Actions<C extends Supervisor> {
    private final Map<Key, Action<C, ?>> actions = new LinkedHashMap<>();

    private record Key(String application, String name) {}

    /** @throws ActionRefused {@link Reason#NIL}, or {@link Reason#DUPLICATE} if the application has one of that name */
    public Actions<C> register(String application, @Nullable Action<C, ?> action) {
        if (action == null) {
            throw new ActionRefused(Reason.NIL, "application " + application + " registers no action");
        }
        if (actions.putIfAbsent(new Key(application, action.name()), action) != null) {
            throw new ActionRefused(
                    Reason.DUPLICATE, "application " + application + " has an action named " + action.name());
        }
        return this;
    }

    /** @throws ActionRefused {@link Reason#UNKNOWN} if the application has none of that name */
    public Action<C, ?> find(String application, String name) {
        return Optional.<Action<C, ?>>ofNullable(actions.get(new Key(application, name)))
                .orElseThrow(() -> new ActionRefused(
                        Reason.UNKNOWN, "application " + application + " has no action named " + name));
    }

    /** The actions of all applications, in the order in which they were registered. */
    public List<Action<C, ?>> all() {
        Collection<Action<C, ?>> all = actions.values();
        return List.copyOf(all);
    }
}
