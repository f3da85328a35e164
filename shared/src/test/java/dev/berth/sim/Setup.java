package dev.berth.sim;

import dev.berth.model.HostId;
import dev.berth.operation.Operations;
import dev.berth.operation.World;
import dev.berth.port.JobQueues;
import java.time.Duration;
import java.util.Optional;

/** The parts of a simulated world. Only a test that plants a bug exchanges one. */
interface Setup {
    Setup CORRECT = new Setup() {};

    default StoreModel store() {
        return new StoreModel();
    }

    default EngineModel engine(HostId id, Scheduler scheduler, Faults faults, Images images) {
        return new EngineModel(id, scheduler, faults, images);
    }

    default World world(World world) {
        return world;
    }

    default Operations operations(World world) {
        return new Operations(world);
    }

    /** The queues that a sweep sends to. */
    default JobQueues queues(JobQueues queues) {
        return queues;
    }

    /** How long until a message comes back whose handler died; as usual, after its visibility time-out, where empty. */
    default Optional<Duration> backAfterDeath() {
        return Optional.empty();
    }

    /** How long a message is given back for. */
    default Duration givenBackFor(Duration usual) {
        return usual;
    }

    /** Whether a message is deleted before its job is done. */
    default boolean acknowledgesFirst() {
        return false;
    }

    /** Whether a message that is given back is deleted instead. */
    default boolean forgetsGivenBack() {
        return false;
    }

    /** Whether nobody looks for what dead attempts have left open. */
    default boolean neverSweeps() {
        return false;
    }
}
