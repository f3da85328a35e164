package dev.berth.bench;

import dev.berth.local.LocalAws;
import dev.berth.local.aws.Template;
import dev.berth.local.lambda.AotCache;
import dev.berth.local.lambda.FunctionRuntime;
import dev.berth.local.lambda.LocalFunction;
import dev.berth.local.lambda.Response;
import dev.berth.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From the start of a JVM with the real runtime client to its first response, beside a handler that only says hello. */
@Command(
        name = "cold",
        description = "Measure cold starts of every function beside a handler that only says hello.",
        mixinStandardHelpOptions = true)
final class ColdBench implements Callable<Integer> {
    private static final Path JAR = Lab.home().resolve("functions/target/functions.jar");

    @Option(names = "--rounds", defaultValue = "10", description = "Of each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private ReportOptions printed = new ReportOptions();

    /** A function that is started cold again and again; each time it is another one, and so is what it is asked. */
    private record Cold(String name, FunctionRuntime runtime, Supplier<String> payload) implements Entrant {
        @Override
        public Map<String, Duration> life(String game) {
            try (LocalFunction function = new LocalFunction(runtime)) {
                String asked = payload.get();
                Stopwatch watch = new Stopwatch();
                Response answer = function.invoke(asked);
                Duration took = watch.elapsed();
                if (answer.failed()) {
                    throw new IllegalStateException(name + ": " + answer.payload());
                }
                return Map.of("first response", took);
            }
        }

        @Override
        public void close() {}
    }

    @Override
    public Integer call() throws IOException {
        Report report = printed.report();
        try (Lab lab = new Lab(1, 1, _ -> {})) {
            Path folder = Scratch.folder();
            List<Cold> entrants = new ArrayList<>();
            entrants.add(hello(lab, folder));
            Optional<AotCache> cache = AotCache.of(List.of(JAR));
            for (String word :
                    List.of("Start", "Stop", "Restart", "Patch", "Cleanup", "Reconcile", "Sweep", "Archive")) {
                entrants.add(function(lab, word, folder, Optional.empty()));
            }
            entrants.add(function(lab, "Start", folder, cache));
            entrants.forEach(entrant -> entrant.life("warm"));
            try (Race race = new Race(entrants)) {
                race.run(rounds)
                        .forEach((part, all) -> report.table("cold start, " + part, Report.compared("function", all)));
            }
            report.table(
                    "jar", List.of(Json.object().put("file", "functions.jar").put("bytes", Files.size(JAR))));
        }
        return 0;
    }

    private static Cold hello(Lab lab, Path folder) {
        Template.Function start = lab.aws().function("StartFunction").definition();
        Template.Function hello = new Template.Function(
                "HelloFunction",
                start.name(),
                Hello.class.getName() + "::handleRequest",
                start.timeout(),
                start.memoryMegabytes(),
                Map.of(),
                List.of(),
                List.of());
        List<Path> classPath = List.of(Path.of(URI.create(
                Hello.class.getProtectionDomain().getCodeSource().getLocation().toString())));
        FunctionRuntime runtime =
                new FunctionRuntime(hello, classPath, Map.of(), folder.resolve("hello.log"), Optional.empty(), _ -> {});
        return new Cold("hello", runtime, () -> "{}");
    }

    private static Cold function(Lab lab, String word, Path folder, Optional<AotCache> cache) {
        LocalAws aws = lab.aws();
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", aws.dynamoDb().toString(),
                "AWS_ENDPOINT_URL_SQS", aws.sqs().toString(),
                "AWS_ENDPOINT_URL_S3", aws.s3().toString());
        FunctionRuntime runtime = new FunctionRuntime(
                aws.function(word + "Function").definition(),
                List.of(JAR),
                environment,
                folder.resolve(word + ".log"),
                cache,
                _ -> {});
        String name = word.toLowerCase(Locale.ROOT) + (cache.isPresent() ? ", AOT cache" : "");
        return new Cold(name, runtime, () -> event(word));
    }

    /** The same job each time: the first one does it, and those that are measured find it done, so that no engine is measured. */
    private static String event(String word) {
        String name = word.toLowerCase(Locale.ROOT);
        Path file = Lab.home().resolve("events/" + name + ".json");
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
