package dev.berth.aws;

import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where the parts of a stack are.
 *
 * @param queues the URL of each queue by its name
 * @param archive the bucket of the log's archive
 */
public record StackAddresses(Tables tables, Map<String, String> queues, String archive) {
    public StackAddresses {
        queues = Map.copyOf(queues);
    }

    /** @param queueUrls of any queues; each ends with its queue's name */
    public static StackAddresses of(Tables tables, Collection<String> queueUrls, String archive) {
        return new StackAddresses(
                tables,
                queueUrls.stream()
                        .collect(Collectors.toMap(url -> url.substring(url.lastIndexOf('/') + 1), Function.identity())),
                archive);
    }

    /** @throws OperationFailed {@code not_found} if the stack has no queue of that name */
    String queue(String name) {
        return Optional.ofNullable(queues.get(name))
                .orElseThrow(() -> new OperationFailed(ErrorCode.NOT_FOUND, "the stack has no queue " + name));
    }
}
