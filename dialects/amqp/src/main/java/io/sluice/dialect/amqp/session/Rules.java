package io.sluice.dialect.amqp.session;

import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueType;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.security.User;
import io.sluice.dialect.amqp.codec.Properties;
import io.sluice.dialect.amqp.codec.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// AMQP's rules for those who declare and publish by another way than a channel, such as the management API. Each says what is wrong, in a
/// channel's words, if anything is.
public final class Rules {
    private static final String ALTERNATE = ExchangeArguments.ALTERNATE;

    private Rules() {}

    /// Of a queue that nobody has declared yet.
    public static Optional<String> ofNew(Queue wanted) {
        var described = QueueNames.described(wanted);
        var arguments = Table.ofJson(wanted.arguments());
        return first(
                List.of(
                        () -> QueueArguments.check(arguments, described),
                        () ->
                                QueueArguments.checkKind(
                                        QueueArguments.type(arguments),
                                        wanted.durable(),
                                        wanted.exclusive(),
                                        wanted.autoDelete(),
                                        described)));
    }

    /// Of a queue that is there, declared again.
    public static Optional<String> ofSame(Queue wanted, Queue present) {
        var described = QueueNames.described(present);
        return first(
                List.of(
                        () -> QueueArguments.check(Table.ofJson(wanted.arguments()), described),
                        () ->
                                Equivalence.field(
                                        "durable", present.durable(), wanted.durable(), described),
                        () ->
                                Equivalence.field(
                                        "auto_delete",
                                        present.autoDelete(),
                                        wanted.autoDelete(),
                                        described),
                        () ->
                                Equivalence.arguments(
                                        QueueArguments.fixed(QueueType.of(present)),
                                        withType(present.arguments()),
                                        withType(wanted.arguments()),
                                        described)));
    }

    /// Of an exchange that nobody has declared yet.
    public static Optional<String> ofNew(Exchange wanted) {
        return first(
                List.of(
                        () ->
                                ExchangeArguments.check(
                                        wanted.type(),
                                        Table.ofJson(wanted.arguments()),
                                        Fault.exchange(wanted.name(), wanted.namespace()))));
    }

    /// Of an exchange that is there, declared again.
    public static Optional<String> ofSame(Exchange wanted, Exchange present) {
        var described = Fault.exchange(present.name(), present.namespace());
        return first(
                List.of(
                        () ->
                                Equivalence.field(
                                        "type",
                                        present.type().text(),
                                        wanted.type().text(),
                                        described),
                        () ->
                                Equivalence.field(
                                        "durable", present.durable(), wanted.durable(), described),
                        () ->
                                Equivalence.field(
                                        "auto_delete",
                                        present.autoDelete(),
                                        wanted.autoDelete(),
                                        described),
                        () ->
                                Equivalence.field(
                                        "internal",
                                        present.internal(),
                                        wanted.internal(),
                                        described),
                        () ->
                                Equivalence.arguments(
                                        List.of(ALTERNATE, ExchangeArguments.DELAYED_TYPE),
                                        present.arguments(),
                                        wanted.arguments(),
                                        described)));
    }

    /// Of a message's properties.
    public static Optional<String> ofMessage(Properties properties, User user) {
        return first(
                List.of(
                        () -> MessageChecks.check(properties, user),
                        () -> copies(properties, "CC"),
                        () -> copies(properties, "BCC")));
    }

    private static @Nullable Fault copies(Properties properties, String header) {
        return properties
                .header(header)
                .map(value -> MessageChecks.checkCopies(header, value))
                .orElse(null);
    }

    private static Map<String, String> withType(Map<String, String> arguments) {
        var all = new HashMap<>(arguments);
        all.putIfAbsent(QueueArguments.TYPE, "\"classic\"");
        return all;
    }

    private static Optional<String> first(List<Supplier<@Nullable Fault>> checks) {
        return checks.stream()
                .flatMap(check -> Stream.ofNullable(check.get()))
                .map(Fault::message)
                .findFirst();
    }
}
