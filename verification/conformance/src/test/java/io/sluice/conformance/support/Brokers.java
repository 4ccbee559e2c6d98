package io.sluice.conformance.support;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Software;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/// Gives tests their broker and their clients, see [Conformance].
///
/// The shared broker starts with the first test that asks for it and is killed when the test run ends.
final class Brokers implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(Brokers.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        var type = parameter.getParameter().getType();
        return type == Clients.class || type == BrokerProcess.class || type == AmqpAddress.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        var type = parameter.getParameter().getType();
        if (type == AmqpAddress.class) {
            return amqp(test);
        }
        return type == BrokerProcess.class ? ownBroker(test) : clients(test);
    }

    private static AmqpAddress amqp(ExtensionContext test) {
        var reference = System.getProperty("sluice.amqp.reference");
        return reference != null
                ? AmqpAddress.parse(reference)
                : new AmqpAddress("127.0.0.1", shared(test).ports().amqp());
    }

    private static Clients clients(ExtensionContext test) {
        var wantsOwn =
                Arrays.asList(test.getRequiredTestMethod().getParameterTypes())
                        .contains(BrokerProcess.class);
        var bootstrap = wantsOwn ? ownBroker(test).bootstrap() : sharedBootstrap(test);
        return test.getStore(NAMESPACE)
                .computeIfAbsent(Clients.class, _ -> new Clients(bootstrap), Clients.class);
    }

    private static String sharedBootstrap(ExtensionContext test) {
        var given = givenBootstrap();
        return given != null ? given : shared(test).bootstrap();
    }

    private static BrokerProcess shared(ExtensionContext test) {
        return test.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("shared", _ -> start("shared"), BrokerProcess.class);
    }

    private static BrokerProcess ownBroker(ExtensionContext test) {
        if (givenBootstrap() != null) {
            throw new TestAbortedException(
                    "needs a broker that it may kill: not with -Dsluice.conformance.bootstrap");
        }
        return test.getStore(NAMESPACE)
                .computeIfAbsent(
                        BrokerProcess.class,
                        _ -> start(test.getRequiredTestClass().getSimpleName()),
                        BrokerProcess.class);
    }

    private static BrokerProcess start(String name) {
        return BrokerProcess.started(Software.underTest(), directory(name));
    }

    /// A new directory under the build's own one, left there for whoever looks into a failure.
    static Path directory(String name) {
        var run = ProcessHandle.current().pid();
        return Path.of("target", "brokers", run + "-" + NUMBER.incrementAndGet() + "-" + name)
                .toAbsolutePath();
    }

    private static @Nullable String givenBootstrap() {
        return System.getProperty("sluice.conformance.bootstrap");
    }
}
