package io.sluice.dialect.push;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Receive;
import java.util.List;

/// Asks one part of a queue for messages, with one question at a time. Owned by its endpoint.
///
/// A part that had something the last time is asked what it has now, and the endpoint keeps room for it. One that had nothing is asked to say when it has; no room is
/// kept for that, as others may have more: what comes then and finds no room is given back.
final class PartPull {
    private static final long WAIT_MILLIS = 20_000;
    private static final long BYTES_MAX = 16L << 20;

    /// Whoever answers "nothing" without the wait that was asked for is not asked again at once.
    private static final long EARLY_MILLIS = 500;

    private static final long REST_MILLIS = 500;

    private final PushServices services;
    private final Endpoint endpoint;
    private final QueuePart part;
    private boolean isAsked;
    private boolean isResting;
    private boolean hadSome;
    private int roomKept;
    private long askedNanos;
    private Runnable end = () -> {};

    PartPull(PushServices services, Endpoint endpoint, QueuePart part) {
        this.services = services;
        this.endpoint = endpoint;
        this.part = part;
    }

    boolean isAsked() {
        return isAsked;
    }

    boolean isBusy() {
        return isAsked || isResting;
    }

    /// Room that the endpoint keeps for what this part may answer.
    int roomKept() {
        return roomKept;
    }

    /// @param messages at most
    void ask(long owner, int messages, long leaseMillis) {
        assert !isBusy() : "one question at a time";
        isAsked = true;
        askedNanos = services.clock().nanos();
        roomKept = hadSome ? messages : 0;
        end =
                services.queues()
                        .receive(
                                part,
                                new Receive(
                                        owner,
                                        messages,
                                        BYTES_MAX,
                                        leaseMillis,
                                        hadSome ? 0 : WAIT_MILLIS,
                                        Integer.MAX_VALUE,
                                        endpoint.name(),
                                        true),
                                reply());
    }

    /// It is answered at once, with nothing.
    void end() {
        end.run();
    }

    private Reply<List<Delivery>> reply() {
        return new Reply<>() {
            @Override
            public void done(List<Delivery> deliveries) {
                services.loop().execute(() -> answered(deliveries));
            }

            @Override
            public void refused(BrokerError error) {
                services.loop().execute(PartPull.this::refused);
            }
        };
    }

    private void answered(List<Delivery> deliveries) {
        boolean waited = !hadSome;
        long tookMillis = (services.clock().nanos() - askedNanos) / 1_000_000;
        isAsked = false;
        roomKept = 0;
        hadSome = !deliveries.isEmpty();
        if (!hadSome && waited && tookMillis < EARLY_MILLIS) {
            rest();
        }
        endpoint.received(deliveries);
    }

    /// The queue is gone, of which the catalog tells too, or the broker cannot just now.
    private void refused() {
        isAsked = false;
        roomKept = 0;
        hadSome = false;
        rest();
        endpoint.received(List.of());
    }

    private void rest() {
        isResting = true;
        services.loop()
                .after(
                        REST_MILLIS,
                        () -> {
                            isResting = false;
                            endpoint.pull();
                        });
    }
}
