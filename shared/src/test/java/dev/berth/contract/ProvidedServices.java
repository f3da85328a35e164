package dev.berth.contract;

import dev.berth.local.aws.AwsServices;
import dev.berth.local.aws.Emulators;
import dev.berth.local.process.Ports;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one AWS of the test run to tests: our emulators, unless an extension of the run has put other services into its
 * store before, as that of the profile localstack does.
 */
final class ProvidedServices implements ParameterResolver {
    static AwsServices of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(
                        AwsServices.class,
                        _ -> Emulators.start(LocalStore.temporary("berth-aws"), Ports.loopback(Ports.ANY)),
                        AwsServices.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == AwsServices.class;
    }

    @Override
    public AwsServices resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return of(context);
    }
}
