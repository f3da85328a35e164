package dev.berth.localstack;

import dev.berth.local.aws.AwsServices;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Starts LocalStack before the first test of a run and leaves it in the run's store, where tests look for their AWS before they
 * start emulators; ends it after the last one. Where no image of it can be had, all tests are skipped, and the reason is printed.
 */
public final class OnLocalStack implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var store = context.getRoot().getStore(Namespace.GLOBAL);
        return switch (store.computeIfAbsent(Attempt.class, _ -> attempt(), Attempt.class)) {
            case Attempt.Started(var services) -> on(services, store);
            case Attempt.Skipped(var reason) -> ConditionEvaluationResult.disabled(reason);
        };
    }

    private static ConditionEvaluationResult on(LocalStack services, Store store) {
        store.computeIfAbsent(AwsServices.class, _ -> services, AwsServices.class);
        return ConditionEvaluationResult.enabled("LocalStack answers at " + services.dynamoDb());
    }

    private static Attempt attempt() {
        try {
            return new Attempt.Started(LocalStack.start());
        } catch (NotHere e) {
            System.out.println("skipped: " + e.reason());
            return new Attempt.Skipped(e.reason());
        }
    }

    /** What became of the one attempt of a run. */
    private sealed interface Attempt {
        record Started(LocalStack services) implements Attempt {}

        record Skipped(String reason) implements Attempt {}
    }
}
