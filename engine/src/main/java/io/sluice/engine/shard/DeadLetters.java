package io.sluice.engine.shard;

import io.sluice.broker.Catalog;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Topic;
import io.sluice.broker.message.Circumstances;
import io.sluice.broker.message.DeadLetter;
import io.sluice.broker.message.DeadLetterView;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.queue.Overflow;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.partition.TopicSettings;
import io.sluice.engine.queue.Dying;
import io.sluice.engine.queue.Outbox;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes dead letters out of a queue's dying messages, and out of those that are moved. Owned by its shard's loop.
final class DeadLetters {
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final Shard shard;
    private final HostedQueue queue;
    private final ReadTries tries;
    private final Catalog catalog;

    DeadLetters(Shard shard, HostedQueue queue, ReadTries tries) {
        this.shard = shard;
        this.queue = queue;
        this.tries = tries;
        this.catalog = shard.broker().catalog();
    }

    /// What a dying message becomes: a letter without its body where it is no longer there, as retention has taken it, or could not be read for some time.
    ///
    /// @return null: it cannot be read now, and is to be tried again after a while
    @Nullable DeadLetter letter(Dying dying) {
        var letter = read(dying);
        if (letter != null) {
            tries.succeeded(dying.offset());
            return letter;
        }
        boolean again =
                queue.reader().failure() != null
                        && tries.again(dying.offset(), shard.monotonicMillis());
        return again ? null : withoutBody(dying);
    }

    private @Nullable DeadLetter read(Dying dying) {
        var reader = queue.reader();
        if (!reader.seek(dying.offset()) || reader.offset() != dying.offset()) {
            return null;
        }
        var envelope = reader.envelope();
        if (dying.reason() == Reason.REDRIVEN) {
            return DeadLetter.moved(
                    queue.definition().name(), redrivenTo(envelope), envelope, reader.at());
        }
        return DeadLetter.of(
                queue.definition(),
                queue.settings(),
                dying.reason(),
                dying.sinceMillis(),
                circumstances(dying),
                envelope,
                reader.at());
    }

    private Circumstances circumstances(Dying dying) {
        var topic = catalog.topic(queue.definition().topic());
        return new Circumstances(
                topic.map(Topic::name).orElse(""),
                queue.part().index(),
                dying.offset(),
                dying.tries());
    }

    /// Back to this very queue where the other end is no longer known: a message that is moved is never lost.
    private String redrivenTo(@Nullable Envelope envelope) {
        return queue.state()
                .redrive()
                .to()
                .or(() -> Redriving.firstQueue(envelope))
                .filter(name -> catalog.queue(queue.definition().namespace(), name).isPresent())
                .orElse(queue.definition().name());
    }

    private DeadLetter withoutBody(Dying dying) {
        if (queue.counts().unreadable++ == 0) {
            log.error(
                    "dead letter {} of {} cannot be read and goes on without its body; more of this queue are counted, not told",
                    dying.offset(),
                    queue.part());
        }
        return DeadLetter.unreadable(
                queue.definition(),
                queue.settings(),
                dying.reason(),
                dying.sinceMillis(),
                circumstances(dying),
                dying.reason() == Reason.REDRIVEN ? redrivenTo(null) : null);
    }

    /// The partitions that a letter goes to. What is moved back to the topic that it comes from goes beside the others of its key.
    List<PartitionId> targets(DeadLetter letter, Dying dying) {
        var targets = letter.targets(catalog, queue.definition().namespace());
        var reader = queue.reader();
        if (dying.reason() != Reason.REDRIVEN
                || !reader.seek(dying.offset())
                || reader.offset() != dying.offset()) {
            return targets;
        }
        var view = DeadLetterView.of(reader.at());
        return targets.stream().map(target -> beside(target, view)).distinct().toList();
    }

    private PartitionId beside(PartitionId target, DeadLetterView view) {
        long was = view.sourcePartition();
        boolean back =
                catalog.topic(target.topic())
                        .filter(topic -> topic.name().equals(view.sourceTopic()))
                        .filter(topic -> was >= 0 && was < topic.partitions())
                        .isPresent();
        return back ? new PartitionId(target.topic(), (int) was) : target;
    }

    /// How large a batch all of these take.
    int batchBytesMax(List<PartitionId> targets) {
        int least = Integer.MAX_VALUE;
        for (var target : targets) {
            var topic = catalog.topic(target.topic());
            if (topic.isPresent()) {
                least = Math.min(least, TopicSettings.of(topic.get().config()).maxMessageBytes());
            }
        }
        return least;
    }

    /// How many records all of these take at once: one that is nearly full shall not wait until it is nearly empty.
    int batchRecordsMax(List<PartitionId> targets) {
        long least = Integer.MAX_VALUE;
        for (var target : targets) {
            for (var to : catalog.queuesOf(target.topic())) {
                var settings = catalog.settings(to);
                if (settings.lengthMax() >= 0 && settings.overflow() != Overflow.DROP_HEAD) {
                    least = Math.min(least, Math.max(1, settings.lengthMax() / 4));
                }
            }
        }
        return (int) least;
    }

    /// What one target gets of a round, as one batch of an idempotent producer.
    ///
    /// @return null: one of them cannot be read now. They go together or not at all: a number that is left out would be missed for ever
    @Nullable RecordBatch batch(Outbox.Target target, List<Dying> dying, short epoch) {
        long nowMillis = shard.nowMillis();
        var batch = new BatchBuilder(Compression.NONE, 0, nowMillis);
        batch.producer(queue.state().outbox().producerId(), epoch, target.sequence());
        int bytesMax = batchBytesMax(List.of(target.partition()));
        for (int member : target.members()) {
            var letter = letter(dying.get(member));
            if (letter == null) {
                return null;
            }
            boolean isTooLarge = letter.bytesMax() > bytesMax - RecordBatch.HEADER_BYTES;
            (isTooLarge ? letter.shortened() : letter).addTo(batch, nowMillis);
        }
        return batch.build();
    }
}
