package dev.berth.docker;

/** By what an engine is told from every other one, whatever address it is reached at. */
public final class EngineId {
    private EngineId() {}

    /**
     * Before Docker 23 all engines of a machine share one id; no two share the folder with their containers.
     *
     * @param id as the engine's {@code info} has it
     * @param root the folder with its data, as {@code info} has it
     * @return empty if the engine has no id
     */
    public static String of(String id, String root) {
        return id.isEmpty() ? "" : id + " " + root;
    }
}
