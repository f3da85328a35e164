package dev.berth.aws;

/** The names of a stack's tables, as template.yaml gives them. The names of attributes stand in each table's class. */
public record Tables(String games, String operations, String jobs, String blobs, String hosts) {
    /** The tables of a stack by the contract's rule, {@code <stack>-games} and so on. */
    public static Tables of(String stack) {
        return new Tables(stack + "-games", stack + "-operations", stack + "-jobs", stack + "-blobs", stack + "-hosts");
    }
}
