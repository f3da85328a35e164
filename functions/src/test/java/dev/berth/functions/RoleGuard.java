package dev.berth.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * IAM in a sandbox: refuses what the role of the function does not grant, as AWS would, and notes every request. The SDK
 * finds it by its name on the class path, for every client; outside of a sandbox it does nothing.
 */
public final class RoleGuard implements ExecutionInterceptor {
    private static final int REFUSED = 400;

    private final Optional<Sandbox> sandbox =
            Optional.ofNullable(System.getenv("AWS_LAMBDA_FUNCTION_NAME")).map(Sandbox::of);

    private record Sandbox(String function, Role role, Path calls, Set<Access> noted) {
        static Sandbox of(String function) {
            try {
                JsonNode roles = Json.parse(Files.readString(Path.of(System.getenv(Roles.FILE))));
                return new Sandbox(
                        function,
                        Role.of(roles.path(function)),
                        Path.of(System.getenv(Roles.CALLS)),
                        ConcurrentHashMap.newKeySet());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void check(Access access) {
            boolean allowed = role.allows(access);
            if (noted.add(access)) {
                note(access, allowed);
            }
            if (!allowed) {
                throw refusal(access);
            }
        }

        private void note(Access access, boolean allowed) {
            String line = Json.write(Json.object()
                    .put("function", function)
                    .put("action", access.action())
                    .put("resource", access.resource())
                    .put("allowed", allowed));
            try {
                Files.writeString(calls, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private AwsServiceException refusal(Access access) {
            String text = function + " is not authorized to perform: " + access.action() + " on resource: "
                    + access.resource() + " because no identity-based policy allows the " + access.action()
                    + " action";
            return DynamoDbException.builder()
                    .message(text)
                    .statusCode(REFUSED)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("AccessDeniedException")
                            .errorMessage(text)
                            .build())
                    .build();
        }
    }

    @Override
    public void beforeExecution(Context.BeforeExecution call, ExecutionAttributes attributes) {
        sandbox.ifPresent(here -> Access.of(call.request()).forEach(here::check));
    }
}
