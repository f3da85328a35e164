package dev.berth.contract;

import dev.berth.model.ImageRef;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerPlan;
import java.util.function.BooleanSupplier;

/** An implementation of {@link ContainerHost}, with containers that behave as they are told. */
public interface EngineFixture {
    /** What a container does. */
    enum Behaviour {
        /** Runs, and ends with 0 when it is asked to. */
        SERVES,
        /** Ends by itself with 1. */
        FAILS,
        /** Runs, and does not hear a signal. */
        IGNORES_SIGNALS,
        /** The engine refuses to start it. */
        CANNOT_START
    }

    ContainerHost host();

    /** An image that the engine has. */
    ImageRef image();

    /** A plan for such a container that publishes port 8080, with a few labels. */
    ContainerPlan plan(String name, Behaviour behaviour);

    /** Makes a running container that is none of ours. */
    void intrude(String name);

    /** Waits until a container of {@link Behaviour#SERVES} hears what it is asked. */
    void awaitServing(String id);

    /** Waits until something is so. */
    void await(BooleanSupplier so);
}
