package dev.berth.cli;

import dev.berth.local.process.LocalFailure;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.wire.Json;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** From an exception to a line for people and an exit code. */
final class Failures {
    /** Set to anything, it shows where an unexpected failure comes from. */
    private static final String DEBUG = "BERTH_DEBUG";

    private static final String JSON = "--json";
    private static final int LONGEST_CAUSE = 200;

    private Failures() {}

    /** Of a failed command. */
    static int handle(Exception failure, CommandLine command, ParseResult parsed) {
        if (System.getenv(DEBUG) != null) {
            failure.printStackTrace(command.getErr());
        }
        boolean json = parsed.asCommandLineList().stream()
                .anyMatch(each -> each.getParseResult().hasMatchedOption(JSON));
        return tell(command, text(failure), exitCode(failure), json);
    }

    /** Of arguments that cannot be understood. */
    static int handle(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        String problem =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return tell(
                command,
                problem + " (see " + help + ")",
                ExitCode.WRONG_USE,
                List.of(arguments).contains(JSON));
    }

    private static int tell(CommandLine command, String text, int exitCode, boolean json) {
        command.getErr().println("berth: " + text);
        command.getErr().flush();
        if (json) {
            command.getOut().println(Json.write(Json.object().put("error", text).put("exit_code", exitCode)));
            command.getOut().flush();
        }
        return exitCode;
    }

    private static int exitCode(Exception failure) {
        return switch (failure) {
            case CommandFailed known -> known.exitCode();
            case LocalFailure _ -> ExitCode.UNREACHABLE;
            case OperationFailed known ->
                switch (known.code()) {
                    case STORE_UNAVAILABLE, HOST_UNREACHABLE, TLS_FAILED -> ExitCode.UNREACHABLE;
                    case INVALID_REQUEST -> ExitCode.WRONG_USE;
                    default -> ExitCode.FAILED;
                };
            default -> ExitCode.FAILED;
        };
    }

    static String text(Exception failure) {
        return switch (failure) {
            case CommandFailed known -> String.valueOf(known.getMessage());
            case LocalFailure known -> String.valueOf(known.getMessage());
            case OperationFailed known
            when known.code() == ErrorCode.STORE_UNAVAILABLE ->
                "the stack does not answer; is it up? " + known.text() + cause(known);
            case OperationFailed known -> known.code().wire() + ": " + known.text() + cause(known);
            default -> "unexpected: " + failure + " (" + DEBUG + "=1 shows where it comes from)";
        };
    }

    private static String cause(OperationFailed failure) {
        if (failure.getCause() == null) {
            return "";
        }
        String cause = String.valueOf(failure.getCause().getMessage());
        return " (" + (cause.length() > LONGEST_CAUSE ? cause.substring(0, LONGEST_CAUSE) + "..." : cause) + ")";
    }
}
