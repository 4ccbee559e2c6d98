package io.sluice.conformance.torture.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Violation;
import io.sluice.conformance.torture.amqp.Stay.Arrival;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// One consumer on one channel, from consume to cancel. Its habits are chance.
///
/// It says what it is about to do to the [Ledger] before it does it: once the broker knows, the message may be with somebody else.
final class Consumption {
    private static final int PREFETCH_MAX = 100;
    private static final int KEPT_MAX = 20;
    private static final int ARRIVALS_MAX = 3_000;
    private static final int GIVEN_BACK_OF = 40;
    private static final long IDLE_MILLIS = 20;

    private final String name;
    private final Place place;
    private final Session session;
    private final Ledger ledger;
    private final Random random;
    private final int kept;
    private final boolean inBulk;
    private final boolean leavesWithFullHands;
    private final Channel channel;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Deque<Held> held = new ArrayDeque<>();
    private final Map<Sequence, Integer> newest = new HashMap<>();

    Consumption(String name, Place place, Session session, Ledger ledger, Random random)
            throws IOException {
        this.name = name;
        this.place = place;
        this.session = session;
        this.ledger = ledger;
        this.random = random;
        this.kept = random.nextInt(KEPT_MAX);
        this.inBulk = random.nextBoolean();
        this.leavesWithFullHands = random.nextBoolean();
        this.channel = session.connection().createChannel();
    }

    private sealed interface Event {
        @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
        record Arrived(Envelope envelope, BasicProperties properties, byte[] body)
                implements Event {}

        record Cancelled(boolean byUs) implements Event {}

        record Ended(ShutdownSignalException why) implements Event {}
    }

    /// @param tag the delivery tag
    private record Held(long tag, Letter.Received received) {}

    /// What keeps its order: what one publisher has published, of one urgency where that counts.
    private record Sequence(int lane, int urgency) {}

    /// Consumes until `end`, or until it has had enough.
    void run(BooleanSupplier end) throws IOException, InterruptedException, TimeoutException {
        channel.basicQos(1 + random.nextInt(PREFETCH_MAX));
        var tag = channel.basicConsume(place.queue(), false, name, new Listener());
        var left = 1 + random.nextInt(ARRIVALS_MAX);
        while (left > 0 && !end.getAsBoolean()) {
            var event = events.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
            if (event == null) {
                settleAllBut(0);
            } else {
                left--;
                handle(event);
                settleAllBut(kept);
            }
        }
        channel.basicCancel(tag);
        for (var event = events.take(); !isOurCancellation(event); event = events.take()) {
            handle(event);
        }
        if (!leavesWithFullHands || end.getAsBoolean()) {
            settleAllBut(0);
        }
        held.forEach(one -> lane(one).release(one.received().copy(), place, session.life()));
        channel.close();
    }

    private static boolean isOurCancellation(Event event) {
        return event instanceof Event.Cancelled(boolean byUs) && byUs;
    }

    private void handle(Event event) throws IOException {
        switch (event) {
            case Event.Arrived arrived -> arrive(arrived);
            case Event.Ended(var why) -> throw why;
            case Event.Cancelled _ ->
                    throw new Violation(
                            Invariant.QUEUES_ARE_AS_TOLD, name + " was cancelled by the broker");
        }
    }

    private void arrive(Event.Arrived arrived) throws IOException {
        var received = Letter.read(arrived.properties(), arrived.body());
        if (place.isForDeadLetters()) {
            Deaths.check(received, arrived.properties());
        }
        var arrival =
                ledger.lane(received.lane())
                        .arrives(
                                received.copy(),
                                received.letter(),
                                place,
                                name,
                                session.life(),
                                arrived.envelope().isRedeliver());
        if (arrival == Arrival.TOO_LATE) {
            throw new IOException("the broker was killed since");
        }
        if (arrival != Arrival.AGAIN && !place.isForDeadLetters()) {
            checkOrder(received);
        }
        var one = new Held(arrived.envelope().getDeliveryTag(), received);
        if (random.nextInt(GIVEN_BACK_OF) == 0) {
            lane(one).release(received.copy(), place, session.life());
            channel.basicNack(one.tag(), false, true);
        } else if (received.letter().isDoomed() && !place.isForDeadLetters()) {
            lane(one).settle(received.copy(), place, session.life());
            channel.basicReject(one.tag(), false);
        } else {
            held.add(one);
        }
    }

    /// What nobody has had in this life of the broker comes in the order in which it was published.
    private void checkOrder(Letter.Received received) {
        var urgency = place.hasUrgencies() ? received.letter().urgency() : 0;
        var before =
                newest.merge(new Sequence(received.lane(), urgency), received.copy(), Math::max);
        if (before > received.copy()) {
            throw new Violation(
                    Invariant.ORDER_IS_KEPT,
                    name
                            + " is given copy "
                            + received.copy()
                            + " of "
                            + ledger.lane(received.lane())
                            + " in "
                            + place.queue()
                            + " behind copy "
                            + before);
        }
    }

    private void settleAllBut(int left) throws IOException {
        if (held.size() <= left) {
            return;
        }
        var last = 0L;
        while (held.size() > left) {
            var one = held.remove();
            lane(one).settle(one.received().copy(), place, session.life());
            last = one.tag();
            if (!inBulk) {
                channel.basicAck(last, false);
            }
        }
        if (inBulk) {
            channel.basicAck(last, true);
        }
    }

    private Lane lane(Held one) {
        return ledger.lane(one.received().lane());
    }

    /// Puts what the connection's threads hear where the receiver's own thread finds it, in order.
    private final class Listener extends DefaultConsumer {
        Listener() {
            super(channel);
        }

        @Override
        public void handleDelivery(
                String tag, Envelope envelope, BasicProperties properties, byte[] body) {
            events.add(new Event.Arrived(envelope, properties, body));
        }

        @Override
        public void handleCancelOk(String tag) {
            events.add(new Event.Cancelled(true));
        }

        @Override
        public void handleCancel(String tag) {
            events.add(new Event.Cancelled(false));
        }

        @Override
        public void handleShutdownSignal(String tag, ShutdownSignalException why) {
            events.add(new Event.Ended(why));
        }
    }
}
