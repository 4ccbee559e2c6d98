package io.sluice.conformance.support;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Sluice;
import io.sluice.conformance.process.Software;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests their broker and their clients, see [Conformance].
///
/// The shared broker starts with the first test that asks for it and is killed when the test run ends.
final class Brokers implements ExecutionCondition, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(Brokers.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /// Skips what would kill a broker that was given to us.
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
        var given = givenBootstrap() != null || givenAmqp() != null || givenSqs() != null;
        if (optionsOf(test).length > 0 && !(Software.underTest() instanceof Sluice)) {
            return ConditionEvaluationResult.disabled("has options of Sluice's");
        }
        return given && test.getTestMethod().isPresent() && wantsOwn(test)
                ? ConditionEvaluationResult.disabled("needs a broker that it may kill")
                : ConditionEvaluationResult.enabled("needs no broker of its own, or may start it");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        var type = parameter.getParameter().getType();
        return type == Clients.class
                || type == AmqpClients.class
                || type == BrokerProcess.class
                || type == SqsAddress.class
                || type == SqsClients.class
                || type == AmqpAddress.class
                || type == ManagementAddress.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        var type = parameter.getParameter().getType();
        if (type == AmqpAddress.class) {
            return amqp(test);
        }
        if (type == AmqpClients.class) {
            return amqpClients(test);
        }
        if (type == ManagementAddress.class) {
            return management(test);
        }
        if (type == SqsAddress.class) {
            return sqs(test);
        }
        if (type == SqsClients.class) {
            return sqsClients(test);
        }
        return type == BrokerProcess.class ? ownBroker(test) : clients(test);
    }

    private static SqsClients sqsClients(ExtensionContext test) {
        return test.getStore(NAMESPACE)
                .computeIfAbsent(
                        SqsClients.class, _ -> new SqsClients(sqs(test)), SqsClients.class);
    }

    private static SqsAddress sqs(ExtensionContext test) {
        var reference = givenSqs();
        if (wantsOwn(test)) {
            return SqsAddress.served(ownBroker(test).ports());
        }
        return reference != null
                ? SqsAddress.parse(reference)
                : SqsAddress.served(shared(test).ports());
    }

    private static AmqpClients amqpClients(ExtensionContext test) {
        return test.getStore(NAMESPACE)
                .computeIfAbsent(
                        AmqpClients.class, _ -> new AmqpClients(amqp(test)), AmqpClients.class);
    }

    private static AmqpAddress amqp(ExtensionContext test) {
        var reference = givenAmqp();
        if (wantsOwn(test)) {
            return AmqpAddress.of(ownBroker(test).ports());
        }
        return reference != null
                ? AmqpAddress.parse(reference)
                : AmqpAddress.of(shared(test).ports());
    }

    private static ManagementAddress management(ExtensionContext test) {
        var reference = System.getProperty("sluice.management.reference");
        if (wantsOwn(test)) {
            return new ManagementAddress("127.0.0.1", ownBroker(test).ports().admin());
        }
        return reference != null
                ? ManagementAddress.parse(reference)
                : new ManagementAddress("127.0.0.1", shared(test).ports().admin());
    }

    private static Clients clients(ExtensionContext test) {
        var bootstrap = wantsOwn(test) ? ownBroker(test).bootstrap() : sharedBootstrap(test);
        return test.getStore(NAMESPACE)
                .computeIfAbsent(Clients.class, _ -> new Clients(bootstrap), Clients.class);
    }

    private static boolean wantsOwn(ExtensionContext test) {
        return Arrays.asList(test.getRequiredTestMethod().getParameterTypes())
                .contains(BrokerProcess.class);
    }

    private static String sharedBootstrap(ExtensionContext test) {
        var given = givenBootstrap();
        return given != null ? given : shared(test).bootstrap();
    }

    private static BrokerProcess shared(ExtensionContext test) {
        return test.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        "shared",
                        _ -> start("shared", "--push-allow", "127.0.0.0/8"),
                        BrokerProcess.class);
    }

    private static BrokerProcess ownBroker(ExtensionContext test) {
        return test.getStore(NAMESPACE)
                .computeIfAbsent(
                        BrokerProcess.class,
                        _ -> start(test.getRequiredTestClass().getSimpleName(), optionsOf(test)),
                        BrokerProcess.class);
    }

    private static String[] optionsOf(ExtensionContext test) {
        return test.getTestMethod()
                .map(method -> method.getAnnotation(ServedWith.class))
                .map(ServedWith::value)
                .orElseGet(() -> new String[0]);
    }

    private static BrokerProcess start(String name, String... options) {
        var software = Software.underTest();
        return BrokerProcess.started(
                software instanceof Sluice sluice ? sluice.with(options) : software,
                directory(name));
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

    private static @Nullable String givenSqs() {
        return System.getProperty("sluice.sqs.reference");
    }

    private static @Nullable String givenAmqp() {
        return System.getProperty("sluice.amqp.reference");
    }
}
