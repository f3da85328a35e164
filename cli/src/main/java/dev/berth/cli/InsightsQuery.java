package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.OpId;
import dev.berth.wire.Json;
import java.util.List;

/** How to find what the functions of a stack on AWS have logged of an operation: whoever is signed in there asks CloudWatch. */
record InsightsQuery(String stack, OpId op) {
    private String groups() {
        return "/aws/lambda/" + stack + "-";
    }

    private String query() {
        return "fields @timestamp, @message | filter @message like '" + op + "' | sort @timestamp asc | limit "
                + FunctionLogs.MOST_LINES;
    }

    List<String> lines() {
        return List.of(
                "what the functions have logged is in CloudWatch: ask Logs Insights, in all log groups that begin with "
                        + groups(),
                "  " + query());
    }

    ObjectNode json() {
        return Json.object()
                .put("event", "query")
                .put("op_id", op.value())
                .put("log_group_prefix", groups())
                .put("query", query());
    }
}
