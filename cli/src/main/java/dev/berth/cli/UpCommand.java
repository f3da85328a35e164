package dev.berth.cli;

import dev.berth.local.process.Ports;
import dev.berth.model.HostEndpoint;
import dev.berth.model.ImagePolicy;
import dev.berth.model.PullPolicy;
import dev.berth.wire.Json;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a stack on this machine until Ctrl-C. */
@Command(
        name = "up",
        description = "Run a stack on this machine until Ctrl-C: DynamoDB Local, ElasticMQ, every function of"
                + " template.yaml, and Docker hosts over TLS. Prints `ready`, and writes local.json into its folder.")
final class UpCommand implements Callable<Integer> {
    private static final int MAX_HOSTS = 16;
    private static final Duration A_DAY = Duration.ofDays(1);

    @Option(
            names = "--hosts",
            paramLabel = "N",
            description = "How many Docker hosts to start; 1 where absent, none where --host names some.")
    private Optional<Integer> hosts = Optional.empty();

    @Option(
            names = "--host",
            paramLabel = "ID=ENDPOINT=TLSDIR",
            description = "A Docker host that runs already; may be repeated.")
    private List<GivenHost> given = new ArrayList<>();

    @Option(
            names = "--port-base",
            paramLabel = "P",
            description =
                    "DynamoDB listens on P, SQS, S3 and Secrets Manager on the next ports, hosts on those after; free ports"
                            + " where absent.")
    private Optional<Integer> portBase = Optional.empty();

    @Option(
            names = "--address",
            paramLabel = "A",
            description = "The address of this machine at which everything listens; 127.0.0.1 where absent. Containers"
                    + " reach another one, such as that of Docker's bridge: so does `sam local invoke`.")
    private Optional<String> address = Optional.empty();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "For local.json, logs and the hosts' data (BERTH_DIR; .berth where absent).")
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = "--allow-images",
            paramLabel = "LIST",
            description = "The images that may be run, as registry/repository or registry/path/*, with commas between;"
                    + " all where absent.")
    private String allowed = "";

    @Option(
            names = "--pull-policy",
            paramLabel = "POLICY",
            description = "When a start or a patch pulls an image that its host has already: if_not_present (where"
                    + " absent), always or never.")
    private PullPolicy pull = PullPolicy.IF_NOT_PRESENT;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        LocalStack.Plan plan = plan();
        LocalStack stack = LocalStack.begin(plan, output::note, this::tell);
        return OrderlyEnd.of(stack, ExitCode.DONE, () -> {
            stack.awaitReady();
            announce(plan.directory());
            while (true) {
                OrderlyEnd.sleep(A_DAY);
            }
        });
    }

    private LocalStack.Plan plan() {
        int own = hosts.orElse(given.isEmpty() ? 1 : 0);
        if (own < 0 || own > MAX_HOSTS) {
            throw CommandFailed.wrongUse("--hosts must be 0 to " + MAX_HOSTS);
        }
        if (portBase.filter(base -> base < 1 || base > 65_000).isPresent()) {
            throw CommandFailed.wrongUse("--port-base must be 1 to 65000");
        }
        return new LocalStack.Plan(
                LocalStack.NAME,
                LocalStack.home(),
                StackOptions.directory(directory),
                place(),
                own,
                List.copyOf(given),
                images());
    }

    /** @throws CommandFailed if the address is none: names would be looked up, and containers know other ones */
    private InetSocketAddress place() {
        int port = portBase.orElse(Ports.ANY);
        return address.map(literal -> new InetSocketAddress(address(literal), port))
                .orElseGet(() -> Ports.loopback(port));
    }

    private static InetAddress address(String literal) {
        try {
            InetAddress there = Inet4Address.ofLiteral(literal);
            if (HostEndpoint.refusal(there).isEmpty()) {
                return there;
            }
        } catch (IllegalArgumentException e) {
            // A name, or of another form.
        }
        throw CommandFailed.wrongUse("--address must be an IPv4 address of this machine, as in 172.17.0.1");
    }

    private ImagePolicy images() {
        try {
            return ImagePolicy.parse(allowed, pull.wire());
        } catch (IllegalArgumentException e) {
            throw CommandFailed.wrongUse("--allow-images: " + e.getMessage());
        }
    }

    private void announce(Path folder) {
        if (output.json()) {
            output.line(Json.object().put("event", "ready").put("dir", folder.toString()));
        } else {
            output.note("everything is in " + folder + "; end it with Ctrl-C");
            output.line("ready");
        }
    }

    /** Of what the functions print: the end of each operation and of what changed on a host, and whatever is no telemetry. */
    private void tell(String line) {
        Optional<TelemetryLine> telemetry = TelemetryLine.find(line);
        Optional<RoundLine> round = RoundLine.find(line);
        if (telemetry.isEmpty() && round.isEmpty() && !line.isBlank() && !TelemetryLine.isRoutine(line)) {
            output.note(line);
        }
        telemetry
                .filter(ended -> ended.step().isEmpty())
                .ifPresent(ended -> output.note(ended.game() + ": " + ended.text()));
        round.filter(RoundLine::isNews).ifPresent(news -> output.note(news.host() + ": " + news.text()));
    }
}
