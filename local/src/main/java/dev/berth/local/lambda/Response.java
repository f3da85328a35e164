package dev.berth.local.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What came of an invocation.
 *
 * @param failed whether the function threw, ran out of time or died, instead of returning
 * @param payload the JSON that it returned, or {@code {"errorType": ..., "errorMessage": ...}} as Lambda tells it
 */
public record Response(boolean failed, String payload) {

    static Response failure(String type, String message) {
        var error = JsonNodeFactory.instance.objectNode().put("errorType", type).put("errorMessage", message);
        return new Response(true, error.toString());
    }
}
