package dev.berth.cli;

import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes.Drain;
import dev.berth.port.Bound;
import dev.berth.port.Clock;
import dev.berth.port.Game;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Empties a host, game by game, and shows how far it is. */
@Command(
        name = "drain",
        description = "Empty a host: it takes no new games, and each game there is moved, stopped or waited for, as the"
                + " label `drain` of its spec says (move, stop or wait; move where absent). On a host that is being"
                + " drained, go on showing how far it is.")
final class HostsDrainCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID")
    @SuppressWarnings("NullAway.Init")
    private HostId id;

    @Option(names = "--no-wait", description = "Only begin; the sweeps go on with it.")
    private boolean noWait;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Fleet fleet = new Fleet(stack.open());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Host host = fleet.change(
                id,
                seen -> OperatorWord.drain(
                        seen, fleet.bound(id).stream().map(Bound::game).toList(), now));
        if (noWait) {
            fleet.reconcile(id);
            printBegun(new HostText(host, fleet.bound(id)));
            return ExitCode.DONE;
        }
        DrainLook last = follow(fleet);
        output.endProgress();
        print(report(fleet, last));
        return last.isDrained() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private DrainLook follow(Fleet fleet) {
        DrainFollower follower = new DrainFollower(
                () -> DrainLook.at(fleet, id), () -> fleet.reconcile(id), Clock.system(), output::progress);
        AtomicBoolean seenToItsEnd = new AtomicBoolean();
        AutoCloseable word = () -> {
            if (!seenToItsEnd.get()) {
                output.note("the drain of " + id + " goes on by itself: look with `berth hosts`, or with"
                        + " `berth hosts drain " + id + "` again");
            }
        };
        return OrderlyEnd.of(word, ExitCode.FAILED, () -> {
            DrainLook last = follower.follow();
            seenToItsEnd.set(true);
            return last;
        });
    }

    /** Of the games that were there when the drain began, and of those that were just being placed there. */
    private static DrainReport report(Fleet fleet, DrainLook last) {
        TreeSet<String> games = new TreeSet<>();
        last.host().notes().drain().map(Drain::games).orElse(List.of()).forEach(game -> games.add(game.value()));
        last.left().forEach(bound -> games.add(bound.game().value()));
        Map<GameId, Optional<Game>> known = new LinkedHashMap<>();
        games.stream()
                .map(GameId::new)
                .forEach(game -> known.put(game, fleet.stack().games().find(game)));
        return DrainReport.of(last.host(), known);
    }

    private void printBegun(HostText host) {
        if (output.json()) {
            output.line(host.json());
        } else {
            output.line("host " + id + " is " + host.state());
        }
    }

    private void print(DrainReport report) {
        if (output.json()) {
            report.json().forEach(output::line);
            return;
        }
        report.table().forEach(output::line);
        output.line(report.summary());
    }
}
