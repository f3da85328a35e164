package dev.berth.model;

/**
 * Remove the container of a game that is stopped, and give back what was reserved for it.
 *
 * @param purgeVolumes whether the game's volumes go too; only an operator may ask for it
 */
public record CleanupJob(GameId game, Request request, boolean purgeVolumes) implements Job {
    public CleanupJob {
        if (purgeVolumes && request.source() != OpSource.ADMIN_REST) {
            throw new IllegalArgumentException("must be asked for by op_source " + OpSource.ADMIN_REST.wire());
        }
    }

    @Override
    public OpKind kind() {
        return OpKind.CLEANUP_CONTAINER;
    }
}
