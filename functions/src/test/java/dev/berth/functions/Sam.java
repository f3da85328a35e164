package dev.berth.functions;

import dev.berth.local.docker.Engine;
import dev.berth.local.process.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The SAM CLI at the root of this repository, far from anybody's AWS account.
 *
 * @param folder for what it writes
 */
record Sam(PythonTools tools, Path folder) {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long MUCH = 1L << 30;
    private static final String REGION = "eu-west-1";

    /** What SAM calls the machine that we are on. */
    private static final String ARCHITECTURE = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";

    /** The base image's name, which is SAM's to say. */
    private static final String IMAGE_OF = """
            from samcli.local.docker.lambda_image import LambdaImage, Runtime
            print(LambdaImage._INVOKE_REPO_PREFIX + "/" + Runtime.get_image_name_tag("java25", "%s"))
            """.formatted(ARCHITECTURE);

    /**
     * How a run has ended.
     *
     * @param printed on stdout
     * @param told on stderr
     */
    record Ended(int exitCode, String printed, String told) {}

    /** The name of the image that functions run on. */
    String baseImage() {
        return Commands.run(tools.program("python").toString(), "-c", IMAGE_OF).strip();
    }

    Ended validate() throws IOException, InterruptedException {
        return run(Map.of(), List.of("validate", "--lint", "--region", REGION));
    }

    /** Invokes a function with its event, in a container of that engine. */
    Ended invoke(Engine engine, String function, Path event, Path variables) throws IOException, InterruptedException {
        return run(
                Map.of(
                        "DOCKER_HOST",
                        engine.endpoint().toString(),
                        "DOCKER_TLS_VERIFY",
                        "1",
                        "DOCKER_CERT_PATH",
                        engine.tls().toString()),
                List.of(
                        "local",
                        "invoke",
                        function,
                        "--event",
                        event.toString(),
                        "--env-vars",
                        variables.toString(),
                        "--skip-pull-image",
                        "--region",
                        REGION,
                        "--parameter-overrides",
                        "Architecture=" + ARCHITECTURE));
    }

    private Ended run(Map<String, String> more, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tools.program("sam").toString()));
        command.addAll(arguments);
        Path printed = Files.createTempFile(folder, "sam", ".out");
        Path told = Files.createTempFile(folder, "sam", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(LocalBerth.ROOT.toFile())
                .redirectOutput(printed.toFile())
                .redirectError(told.toFile());
        builder.environment().keySet().removeIf(Sam::isOfTheUser);
        builder.environment().putAll(environment());
        builder.environment().putAll(more);
        // Each invocation unpacks the jar: thousands of small files.
        if (MEMORY.toFile().getUsableSpace() > MUCH) {
            builder.environment().put("TMPDIR", MEMORY.toString());
        }
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(command + " does not end; it told: " + Files.readString(told));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(printed).strip(), Files.readString(told));
    }

    /** A bundle of authorities would win over the one of the engine, too. */
    private static boolean isOfTheUser(String name) {
        return name.startsWith("AWS_") || name.startsWith("DOCKER_") || name.endsWith("_CA_BUNDLE");
    }

    /**
     * Neither the user's configuration nor any credentials, with which SAM would ask AWS whose they are; and nothing told to
     * anybody.
     */
    private Map<String, String> environment() {
        return Map.of(
                "__SAM_CLI_APP_DIR", folder.toString(),
                "SAM_CLI_TELEMETRY", "0",
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
                "AWS_EC2_METADATA_DISABLED", "true");
    }
}
