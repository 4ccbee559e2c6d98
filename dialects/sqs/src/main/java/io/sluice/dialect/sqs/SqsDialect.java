package io.sluice.dialect.sqs;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.dialect.sqs.operation.Attempts;
import io.sluice.dialect.sqs.operation.Callers;
import io.sluice.dialect.sqs.operation.FirstReceives;
import io.sluice.dialect.sqs.operation.Operations;
import io.sluice.dialect.sqs.operation.RecentDeeds;
import io.sluice.dialect.sqs.operation.Services;
import io.sluice.dialect.sqs.queue.KnownQueues;
import io.sluice.transport.Listener;
import io.sluice.transport.Transport;
import io.sluice.transport.http.HttpListenerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// SQS clients' way in: an open port and what serves its requests.
public final class SqsDialect implements AutoCloseable {
    /// How long answers that are under way may take when the server stops.
    private static final Duration DRAIN_MAX = Duration.ofSeconds(2);

    /// A megabyte of message in a form may take three times that, and base64 a third more than the bytes.
    private static final int REQUEST_BYTES_MAX = 4 << 20;

    private final Listener listener;

    private SqsDialect(Listener listener) {
        this.listener = listener;
    }

    /// Listens.
    ///
    /// @param random that nobody can guess, for any thread
    /// @throws IOException when the address cannot be bound
    public static SqsDialect start(
            SqsSettings settings,
            Broker broker,
            Clock clock,
            RandomGenerator random,
            Transport transport)
            throws IOException {
        var numbers = new UniqueNumbers(random.nextLong());
        var services =
                new Services(
                        broker,
                        new KnownQueues(),
                        broker.queues().nextConsumerId(),
                        clock,
                        random,
                        numbers,
                        settings,
                        new FirstReceives(),
                        new Attempts(),
                        new RecentDeeds());
        var service =
                new SqsService(
                        new Callers(broker, clock, settings.signatures()),
                        new Operations(services),
                        numbers);
        return new SqsDialect(
                transport.listen(
                        HttpListenerSettings.of(
                                settings.bind(), settings.connectionsMax(), REQUEST_BYTES_MAX),
                        service));
    }

    public InetSocketAddress address() {
        return listener.address();
    }

    /// For what wants to be shown: connections, bytes.
    public Listener listener() {
        return listener;
    }

    /// Takes nothing new, closes the port.
    @Override
    public void close() {
        listener.stop(DRAIN_MAX);
    }
}
