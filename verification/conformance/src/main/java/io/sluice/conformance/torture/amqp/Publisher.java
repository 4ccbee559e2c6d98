package io.sluice.conformance.torture.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Violation;
import io.sluice.conformance.torture.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;

/// Publishes with confirms into all places, and again what was not confirmed when the broker was killed.
final class Publisher extends Worker {
    private static final int IN_FLIGHT_MAX = 500;
    private static final int BURST_MAX = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = 3_000_000;

    private final String name;
    private final int port;
    private final Ledger ledger;
    private final Random random;
    private final Map<Place, Integer> lanes = new EnumMap<>(Place.class);
    private final Map<Place, Integer> messages = new EnumMap<>(Place.class);
    private final Queue<Violation> complaints = new ConcurrentLinkedQueue<>();

    /// By publishing number. Each session has its own map: a confirm that comes late belongs to what was sent there.
    private volatile ConcurrentNavigableMap<Long, Sent> inFlight = new ConcurrentSkipListMap<>();
    private volatile boolean resting;
    private volatile boolean idle;

    Publisher(int number, int port, Set<Place> places, Ledger ledger, Random random) {
        super("publisher-" + number);
        this.name = "publisher-" + number;
        this.port = port;
        this.ledger = ledger;
        this.random = random;
        for (var place : places) {
            if (!place.isForDeadLetters()) {
                lanes.put(place, ledger.open(name + " for " + place.queue()));
                messages.put(place, 0);
            }
        }
    }

    private record Sent(Place place, Letter.Draft draft, int lane, int copy) {}

    /// Publishes nothing more until [#resume].
    void rest() {
        resting = true;
    }

    void resume() {
        idle = false;
        resting = false;
    }

    /// Whether it rests or has ended, and everything it has published is confirmed.
    boolean isIdle() {
        return idle;
    }

    @Override
    protected void work() {
        while (!isStopping() || !inFlight.isEmpty()) {
            try (var session = Session.open(port, ledger.lives(), name)) {
                try {
                    publish(session);
                } catch (IOException | ShutdownSignalException lost) {
                    session.awaitKill(lost);
                }
            }
            complain();
        }
        idle = true;
    }

    private void publish(Session session) throws IOException {
        var channel = session.connection().createChannel();
        channel.confirmSelect();
        var unconfirmed = new ArrayDeque<>(inFlight.values());
        var sending = new ConcurrentSkipListMap<Long, Sent>();
        inFlight = sending;
        channel.addConfirmListener(
                (tag, multiple) -> confirm(sending, tag, multiple),
                (tag, _) ->
                        complaints.add(
                                new Violation(
                                        Invariant.CLIENTS_GO_ON, name + " was refused " + tag)));
        channel.addReturnListener(
                returned ->
                        complaints.add(
                                new Violation(
                                        Invariant.QUEUES_ARE_AS_TOLD,
                                        "nobody takes messages for " + returned.getRoutingKey())));
        try {
            while (!unconfirmed.isEmpty()) {
                var sent = unconfirmed.remove();
                send(channel, sent.place(), sent.draft());
            }
        } finally {
            // What this session did not come to is for the next one.
            var later = channel.getNextPublishSeqNo();
            for (var sent : unconfirmed) {
                sending.put(later++, sent);
            }
        }
        while (!isStopping()) {
            if (!channel.isOpen()) {
                throw channel.getCloseReason();
            }
            if (resting) {
                idle = sending.isEmpty();
            } else {
                burst(channel);
            }
            complain();
            LockSupport.parkNanos(random.nextLong(2 * PAUSE_NANOS));
        }
        awaitConfirms(channel);
    }

    private void burst(Channel channel) throws IOException {
        var places = lanes.keySet().toArray(Place[]::new);
        var place = places[random.nextInt(places.length)];
        for (var left = 1 + random.nextInt(BURST_MAX); left > 0; left--) {
            var message = messages.merge(place, 1, Integer::sum) - 1;
            send(channel, place, Letter.draft(message, random));
        }
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (inFlight.size() > IN_FLIGHT_MAX) {
            awaitSome(channel, deadline);
        }
    }

    private void send(Channel channel, Place place, Letter.Draft draft) throws IOException {
        var lane = lanes.getOrDefault(place, -1);
        var copy = ledger.lane(lane).send(draft.letter());
        inFlight.put(channel.getNextPublishSeqNo(), new Sent(place, draft, lane, copy));
        channel.basicPublish(
                Place.EXCHANGE,
                "to." + place.queue(),
                true,
                draft.letter().properties(),
                draft.address(lane, copy));
    }

    private void confirm(ConcurrentNavigableMap<Long, Sent> sending, long tag, boolean multiple) {
        var confirmed = sending.subMap(multiple ? 0 : tag, true, tag, true);
        confirmed.values().forEach(sent -> ledger.lane(sent.lane()).confirm(sent.copy()));
        confirmed.clear();
    }

    private void awaitConfirms(Channel channel) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!inFlight.isEmpty()) {
            awaitSome(channel, deadline);
        }
    }

    private void awaitSome(Channel channel, long deadline) {
        if (!channel.isOpen()) {
            throw channel.getCloseReason();
        }
        complain();
        if (System.nanoTime() > deadline) {
            throw new Violation(
                    Invariant.CLIENTS_GO_ON,
                    name + " waits for " + inFlight.size() + " confirms that do not come");
        }
        LockSupport.parkNanos(1_000_000);
    }

    private void complain() {
        var complaint = complaints.peek();
        if (complaint != null) {
            throw complaint;
        }
    }
}
