package dev.berth.action;

import java.util.ArrayList;
import java.util.List;

/** Actions whose state is a text, to which each step adds its name. */
final class Steps {
    /** Notes what it wrote and read, so that a test sees when it was used. */
    static final class Codec implements StateCodec<String> {
        final List<String> read = new ArrayList<>();

        @Override
        public String write(String state) {
            return "<" + state + ">";
        }

        @Override
        public String read(String text) {
            read.add(text);
            return text.substring(1, text.length() - 1);
        }
    }

    private Steps() {}

    static Action.Builder<Keeper, String> action() {
        return Action.named("test", new Codec());
    }

    static Step.Execute<Keeper, String> does(String name) {
        return (state, keeper) -> {
            keeper.done.add(name);
            return state + name;
        };
    }

    static Step.Undo<Keeper, String> undoes(String name) {
        return (state, keeper) -> {
            keeper.done.add("undo " + name);
            return state.replace(name, "");
        };
    }

    static Step.Execute<Keeper, String> fails(RuntimeException failure) {
        return (state, keeper) -> {
            throw failure;
        };
    }

    static Deployment fresh(Action<Keeper, String> action) {
        return Deployment.of("op-1", action, "input", "", Keeper.NOW);
    }

    static Ended<String> run(Action<Keeper, String> action, Keeper keeper) {
        return Execution.run(action, fresh(action), keeper);
    }
}
