package dev.berth.cli;

/** Where the process begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Berth.commandLine().execute(arguments));
    }
}
