package io.sluice.conformance.torture.policies;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Violation;
import io.sluice.conformance.torture.amqp.Session;
import io.sluice.conformance.torture.policies.Ledger.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What one AMQP consumer holds, from its first delivery to its end. It says what it is about to do before it does it: once the broker knows, the
/// job may be with somebody else.
final class Hands {
    private static final long IDLE_MILLIS = 20;
    private static final int KEPT_MAX = 6;

    /// A shard reads its clock once a turn, and where many share two cores, a turn may take its time: half of the wait is what can be demanded.
    private static final long WAIT_NANOS =
            TimeUnit.MILLISECONDS.toNanos(WorkQueue.FIRST_WAIT_MILLIS / 2);

    private final String name;
    private final Session session;
    private final Ledger ledger;
    private final Channel channel;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<Held> held = new ArrayList<>();

    Hands(String name, Session session, Ledger ledger) throws IOException {
        this.name = name;
        this.session = session;
        this.ledger = ledger;
        this.channel = session.connection().createChannel();
    }

    private sealed interface Event {
        record Arrived(long tag, boolean redelivered, String body) implements Event {}

        record Ended(ShutdownSignalException why) implements Event {}
    }

    private record Held(long tag, int number) {}

    void begin(int prefetch) throws IOException {
        channel.basicQos(prefetch);
        channel.basicConsume(WorkQueue.NAME, false, name, new Listener());
    }

    /// Deals with the next job; false when none came.
    boolean next(Random random) throws IOException, InterruptedException {
        var event = events.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        switch (event) {
            case Event.Arrived(long tag, boolean redelivered, String body) ->
                    deal(new Held(tag, WorkQueue.number(body)), redelivered);
            case Event.Ended(var why) -> throw why;
            case null -> settleAllBut(0);
        }
        settleAllBut(random.nextInt(KEPT_MAX));
        return event != null;
    }

    private void deal(Held job, boolean redelivered) throws IOException {
        switch (ledger.arrives(job.number, name, session.life())) {
            case Verdict.SETTLE -> held.add(job);
            case Verdict.FAIL -> {
                // Only of its very first try it is known that it is not the last one allowed.
                ledger.fails(job.number, session.life(), redelivered ? 0 : WAIT_NANOS);
                channel.basicNack(job.tag, false, true);
            }
            case Verdict.REJECT -> {
                ledger.fails(job.number, session.life(), 0);
                channel.basicReject(job.tag, false);
            }
            case Verdict.TOO_LATE -> throw new IOException("the broker was killed since");
        }
    }

    private void settleAllBut(int left) throws IOException {
        while (held.size() > left) {
            var job = held.removeFirst();
            ledger.settles(job.number, session.life());
            channel.basicAck(job.tag, false);
        }
    }

    /// Lets everything fall, and what is still on its way; the session has to end now.
    void drop() throws IOException, TimeoutException, InterruptedException {
        held.forEach(job -> ledger.drops(job.number));
        held.clear();
        session.connection().abort();
        if (session.isStale()) {
            throw new IOException("the broker was killed since");
        }
    }

    /// Puts what the connection's threads hear where the worker's own thread finds it, in order.
    private final class Listener extends DefaultConsumer {
        Listener() {
            super(channel);
        }

        @Override
        public void handleDelivery(
                String tag, Envelope envelope, BasicProperties properties, byte[] body) {
            events.add(
                    new Event.Arrived(
                            envelope.getDeliveryTag(),
                            envelope.isRedeliver(),
                            new String(body, StandardCharsets.UTF_8)));
        }

        @Override
        public void handleCancel(String tag) {
            throw new Violation(
                    Invariant.QUEUES_ARE_AS_TOLD, name + " was cancelled by the broker");
        }

        @Override
        public void handleShutdownSignal(String tag, ShutdownSignalException why) {
            events.add(new Event.Ended(why));
        }
    }
}
