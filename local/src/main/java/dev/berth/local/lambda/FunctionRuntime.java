package dev.berth.local.lambda;

import dev.berth.local.aws.LocalClients;
import dev.berth.local.aws.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a function's sandboxes are made of.
 *
 * @param classPath the function's code, jars or folders
 * @param environment added to the template's variables
 * @param log where the output of all its sandboxes is appended
 * @param cache what its JVMs begin with, if there is such a thing
 * @param lines also told each line of that output, from several threads
 */
public record FunctionRuntime(
        Template.Function function,
        List<Path> classPath,
        Map<String, String> environment,
        Path log,
        Optional<AotCache> cache,
        Consumer<String> lines) {

    String arn() {
        return "arn:aws:lambda:" + LocalClients.REGION + ":" + LocalClients.ACCOUNT + ":function:" + function.name();
    }
}
