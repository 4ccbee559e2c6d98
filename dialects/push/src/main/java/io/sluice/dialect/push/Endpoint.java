package io.sluice.dialect.push;

import io.sluice.broker.policy.PushPolicy;
import io.sluice.broker.push.PushEndpointView;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.record.RecordBatch;
import io.sluice.transport.Cancellable;
import io.sluice.transport.http.HttpCall;
import io.sluice.transport.http.HttpOutcome;
import io.sluice.transport.http.HttpTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Takes messages of one queue and posts them, as many at one time as the endpoint bears. Owned by the push loop.
final class Endpoint {
    /// A lease outlives its request, so that nobody else gets the message before it is known how that went.
    private static final long LEASE_MARGIN_MILLIS = 10_000;

    /// An endpoint that asks for a day of quiet for one message gets it for that one.
    private static final long QUIET_MILLIS_MAX = 300_000;

    private final PushServices services;
    private final Queue queue;
    private final long owner;
    private final ConcurrencyLimit limit;
    private final EndpointFigures figures = new EndpointFigures();
    private final List<PartPull> parts = new ArrayList<>();
    private final Map<Long, Flight> flights = new HashMap<>();
    private Optional<HttpTarget> target;
    private PushPolicy policy;
    private boolean hasDeadLetters;
    private int next;
    private long quietUntilMillis;
    private boolean isStopped;
    private Runnable onQuiet = () -> {};

    /// A request that is under way.
    private record Flight(QueuePart part, long offset, long begunNanos, Cancellable request) {}

    /// @param hasDeadLetters whether there is a place for them: where there is none, a message is tried again rather than being gone
    Endpoint(PushServices services, Queue queue, PushPolicy policy, boolean hasDeadLetters) {
        this.services = services;
        this.queue = queue;
        this.owner = services.queues().nextConsumerId();
        this.limit = new ConcurrencyLimit(policy.concurrencyMax());
        this.policy = policy;
        this.hasDeadLetters = hasDeadLetters;
        this.target = HttpTarget.parse(policy.url());
    }

    Queue queue() {
        return queue;
    }

    /// For people to read; without what is nobody's business.
    String name() {
        return target.map(HttpTarget::withoutQuery).orElse("");
    }

    boolean isAt(String url) {
        return policy.url().equals(url);
    }

    long timeoutMillis() {
        return policy.timeoutMillis();
    }

    int inFlight() {
        return flights.size();
    }

    /// What holds from now on; requests under way end as they began.
    void follow(PushPolicy other, boolean otherHasDeadLetters, int partCount) {
        if (!policy.equals(other)) {
            policy = other;
            target = HttpTarget.parse(other.url());
            limit.max(other.concurrencyMax());
            // Asked again with a lease that fits.
            parts.forEach(PartPull::end);
        }
        hasDeadLetters = otherHasDeadLetters;
        while (parts.size() < partCount) {
            parts.add(new PartPull(services, this, queue.part(parts.size())));
        }
        pull();
    }

    /// Asks for as many messages as there is room for, part by part in turn.
    void pull() {
        if (isStopped || target.isEmpty() || quietMillis() > 0) {
            return;
        }
        int kept = parts.stream().mapToInt(PartPull::roomKept).sum();
        for (int i = 0; i < parts.size(); i++) {
            int room = limit.now() - flights.size() - kept;
            if (room <= 0) {
                return;
            }
            var part = parts.get(next);
            next = (next + 1) % parts.size();
            if (!part.isBusy()) {
                part.ask(
                        owner,
                        Math.max(1, room / parts.size()),
                        policy.timeoutMillis() + LEASE_MARGIN_MILLIS);
                kept += part.roomKept();
            }
        }
    }

    void received(List<Delivery> deliveries) {
        for (var delivery : deliveries) {
            var records = RecordBatch.view(delivery.batch(), 0).recordsFrom(delivery.at());
            while (records.next() && records.offset() <= delivery.lastOffset()) {
                var part = delivery.part();
                if (hasRoom()) {
                    post(PushedMessage.of(queue, part, records, delivery.returned() + 1));
                } else {
                    settle(part, records.offset(), Settlement.UNTOUCHED);
                }
            }
        }
        pull();
        tellIfQuiet();
    }

    private boolean hasRoom() {
        return !isStopped
                && target.isPresent()
                && flights.size() < limit.now()
                && quietMillis() == 0;
    }

    private void post(PushedMessage message) {
        long now = services.clock().millis();
        long number = limit.begin();
        var fields = PushRequest.fields(message, policy.secrets(), services.agent(), now);
        var call =
                new HttpCall(target.orElseThrow(), fields, message.body(), policy.timeoutMillis());
        var codes = hasDeadLetters ? policy.deadLetterCodes() : Set.<Integer>of();
        long begun = services.clock().nanos();
        var request = services.http().send(call, outcome -> ended(number, outcome, codes));
        flights.put(number, new Flight(message.part(), message.offset(), begun, request));
    }

    private void ended(long number, HttpOutcome outcome, Set<Integer> deadLetterCodes) {
        var flight = flights.remove(number);
        assert flight != null : "a request ends once, and after it was begun";
        long now = services.clock().millis();
        var verdict = Verdict.of(outcome, deadLetterCodes, now);
        figures.ended(
                outcome, verdict.failure(), services.clock().nanos() - flight.begunNanos(), now);
        switch (verdict.load()) {
            case FITS -> limit.succeeded();
            case TOO_MUCH -> limit.overloaded(number);
            case UNKNOWN -> {}
        }
        if (verdict.quietMillis() > 0) {
            keepQuiet(now + Math.min(verdict.quietMillis(), QUIET_MILLIS_MAX));
        }
        settle(flight.part(), flight.offset(), verdict.outcome());
        pull();
        tellIfQuiet();
    }

    private void keepQuiet(long untilMillis) {
        if (untilMillis > quietUntilMillis) {
            quietUntilMillis = untilMillis;
            services.loop().after(quietMillis(), this::pull);
        }
    }

    private long quietMillis() {
        return Math.max(0, quietUntilMillis - services.clock().millis());
    }

    private void settle(QueuePart part, long offset, Settlement.Outcome outcome) {
        services.queues().settle(part, new Settlement(owner, new long[] {offset, offset}, outcome));
    }

    /// Takes no more messages. Requests under way go on.
    ///
    /// @param then when they have ended; it may be told so more than once
    void stop(Runnable then) {
        isStopped = true;
        parts.forEach(PartPull::end);
        onQuiet = then;
        tellIfQuiet();
    }

    private void tellIfQuiet() {
        if (isStopped && flights.isEmpty() && parts.stream().noneMatch(PartPull::isAsked)) {
            onQuiet.run();
        }
    }

    /// Whether they were done nobody knows: their messages come again.
    void abandon() {
        flights.values()
                .forEach(
                        flight -> {
                            flight.request().cancel();
                            settle(flight.part(), flight.offset(), Settlement.UNTOUCHED);
                        });
        flights.clear();
    }

    PushEndpointView view() {
        long now = services.clock().millis();
        return new PushEndpointView(
                queue.namespace(),
                queue.name(),
                name(),
                target.isPresent()
                        ? Optional.empty()
                        : Optional.of("push.url is no http or https address with a host"),
                flights.size(),
                limit.now(),
                limit.max(),
                quietUntilMillis > now ? quietUntilMillis : 0,
                figures.answers(),
                figures.lastStatus(),
                figures.lastAnswerMillis(),
                figures.latencyMillis(50, now),
                figures.latencyMillis(99, now),
                figures.lastFailure(),
                figures.lastFailureMillis());
    }
}
