package dev.berth.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.HashMap;
import java.util.Map;

/** A function that returns its environment, and prints what it was given. */
public final class EchoFixture implements RequestHandler<Map<String, String>, Map<String, String>> {

    @Override
    public Map<String, String> handleRequest(Map<String, String> input, Context context) {
        System.out.println("echo " + input);
        var answer = new HashMap<>(System.getenv());
        answer.put("millis_left", Integer.toString(context.getRemainingTimeInMillis()));
        answer.put("function_arn", context.getInvokedFunctionArn());
        answer.put("max_heap_mib", Long.toString(Runtime.getRuntime().maxMemory() >> 20));
        return answer;
    }
}
