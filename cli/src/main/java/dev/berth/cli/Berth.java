package dev.berth.cli;

import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.ImageRef;
import dev.berth.model.JobId;
import dev.berth.model.OpId;
import dev.berth.model.OpSource;
import dev.berth.model.PullPolicy;
import dev.berth.model.Size;
import dev.berth.model.StopReason;
import dev.berth.model.WireName;
import java.time.Instant;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command itself: the list of its subcommands, and what all of them have in common. */
@Command(
        name = "berth",
        description = "One long-lived container per game on Docker hosts that you own.",
        mixinStandardHelpOptions = true,
        version = "berth 0.1.0",
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the operation failed", "2:wrong use", "3:the stack or a host cannot be reached"},
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            StartCommand.class,
            StopCommand.class,
            RestartCommand.class,
            PatchCommand.class,
            CleanupCommand.class,
            TouchCommand.class,
            PsCommand.class,
            LogCommand.class,
            TraceCommand.class,
            RebuildCommand.class,
            HostsCommand.class
        })
final class Berth implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is required");
    }

    static CommandLine commandLine() {
        return new CommandLine(new Berth())
                .registerConverter(GameId.class, converter(GameId::new))
                .registerConverter(HostId.class, converter(HostId::new))
                .registerConverter(ImageRef.class, converter(ImageRef::new))
                .registerConverter(JobId.class, converter(JobId::new))
                .registerConverter(OpId.class, converter(OpId::new))
                .registerConverter(TracedJob.class, converter(TracedJob::parse))
                .registerConverter(OpSource.class, converter(wire -> WireName.parse(OpSource.class, wire)))
                .registerConverter(Instant.class, converter(text -> LogPoint.time(text, Instant.now())))
                .registerConverter(LogPoint.class, converter(text -> LogPoint.parse(text, Instant.now())))
                .registerConverter(Size.class, converter(Size::parse))
                .registerConverter(PullPolicy.class, converter(wire -> WireName.parse(PullPolicy.class, wire)))
                .registerConverter(StopReason.class, converter(wire -> WireName.parse(StopReason.class, wire)))
                .registerConverter(GivenHost.class, converter(GivenHost::parse))
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Failures::handle)
                .setExecutionExceptionHandler(Failures::handle);
    }

    private static <T> ITypeConverter<T> converter(Function<String, T> form) {
        return text -> {
            try {
                return form.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' " + e.getMessage());
            }
        };
    }
}
