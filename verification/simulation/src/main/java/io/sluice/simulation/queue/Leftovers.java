package io.sluice.simulation.queue;

import io.sluice.broker.message.Deaths;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.Queues.Got;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.broker.Answer;
import io.sluice.simulation.broker.BrokerProcess;
import io.sluice.simulation.broker.ManualClock;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What is left in the queues in the end. Takes it out one by one, checks that each message is where it may be and that dead letters tell what they have to, and
/// knows afterwards what was found.
final class Leftovers {
    private final BrokerProcess process;
    private final ManualClock clock;
    private final ModelQueues queues;
    private final ModelMessages messages;
    private final BreakerWatch watch;
    private final Set<Long> found = new HashSet<>();
    private final Set<Long> foundInPlace = new HashSet<>();

    Leftovers(
            BrokerProcess process,
            ManualClock clock,
            ModelQueues queues,
            ModelMessages messages,
            BreakerWatch watch) {
        this.process = process;
        this.clock = clock;
        this.queues = queues;
        this.messages = messages;
        this.watch = watch;
    }

    void takeAll() {
        queues.published().forEach(this::take);
        foundInPlace.addAll(found);
        take(queues.moved());
        take(queues.dead());
        var later = queues.later();
        var made = process.broker().catalog().queue(Queue.DEFAULT_NAMESPACE, later.name);
        if (made.isPresent()) {
            later.part = made.get().part(0);
            take(later);
        }
    }

    /// Whether it was found anywhere.
    boolean have(ModelMessage message) {
        return found.contains(message.id);
    }

    /// Whether it was found in the queue that it was published to.
    boolean haveInPlace(ModelMessage message) {
        return foundInPlace.contains(message.id);
    }

    private void take(ModelQueue queue) {
        for (var got = get(queue); got.isPresent(); got = get(queue)) {
            var delivery = got.get().delivery();
            var record = RecordBatch.view(delivery.batch(), 0).recordsFrom(delivery.at());
            record.next();
            var value = record.value();
            assert value != null : "every message has a body";
            var origin = origin(queue, record);
            var message = messages.published(origin.idOf(value.getLong(0)), origin);
            check(queue, origin, message, record);
            if (!found.add(message.id)) {
                throw new InvariantBroken("NoMessageIsThereTwice", message + " in " + queue.name);
            }
        }
    }

    private Optional<Got> get(ModelQueue queue) {
        var answer = new Answer<Optional<Got>>();
        process.broker().queues().get(queue.part(), 1, true, answer);
        process.turnUntil(() -> !answer.isOpen());
        var value = answer.value();
        return value == null ? Optional.empty() : value;
    }

    private void check(ModelQueue queue, ModelQueue origin, ModelMessage message, Records record) {
        if (queue == queues.dead() && origin == queues.breaking()) {
            watch.died(message, deaths(record).latestFirst().getLast().firstMillis());
        }
        if (queue == queues.dead() && origin == queues.plain()) {
            throw new InvariantBroken("ARedriveLeavesNothingBehind", message.toString());
        }
        if (origin != queue && queue != queues.moved()) {
            DeadLettersTellAll.check(origin, message, record, clock.millis());
        }
    }

    /// The queue that the message was published to.
    private ModelQueue origin(ModelQueue queue, Records record) {
        if (queue == queues.moved()) {
            return queues.plain();
        }
        if (queue != queues.dead() && queue != queues.later()) {
            return queue;
        }
        var from = deaths(record).firstQueue();
        return queues.published().stream()
                .filter(published -> published.name.equals(from))
                .findFirst()
                .orElseThrow();
    }

    private static Deaths deaths(Records record) {
        var envelope = record.header(Envelope.HEADER.getBytes(StandardCharsets.UTF_8));
        assert envelope != null : "every dead letter has an envelope";
        return Envelope.of(envelope).deaths().orElseThrow();
    }
}
