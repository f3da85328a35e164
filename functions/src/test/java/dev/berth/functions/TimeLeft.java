package dev.berth.functions;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.time.Duration;

/** An invocation of which nothing matters but the time that it has left. */
record TimeLeft(Duration left) implements Context {
    @Override
    public int getRemainingTimeInMillis() {
        return (int) left.toMillis();
    }

    @Override
    public String getAwsRequestId() {
        return "";
    }

    @Override
    public String getLogGroupName() {
        return "";
    }

    @Override
    public String getLogStreamName() {
        return "";
    }

    @Override
    public String getFunctionName() {
        return "";
    }

    @Override
    public String getFunctionVersion() {
        return "";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "";
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw new IllegalStateException("nobody asks");
    }

    @Override
    public ClientContext getClientContext() {
        throw new IllegalStateException("nobody asks");
    }

    @Override
    public int getMemoryLimitInMB() {
        return 0;
    }

    @Override
    public LambdaLogger getLogger() {
        throw new IllegalStateException("nobody asks");
    }
}
