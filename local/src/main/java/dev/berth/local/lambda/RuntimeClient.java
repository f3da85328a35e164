package dev.berth.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/** Lambda's own runtime client for Java: it asks for invocations and hands them to the function. */
final class RuntimeClient {

    /** Takes the function's handler as its one argument. */
    static final String MAIN_CLASS = AWSLambda.class.getName();

    private RuntimeClient() {}

    /** The class path of a function: its own code, and this client, whose jars Lambda adds as well. */
    static String classPath(List<Path> code) {
        return Stream.concat(code.stream(), jars()).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    static Stream<Path> jars() {
        return Stream.of(AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)
                .map(RuntimeClient::jarOf)
                .distinct();
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
