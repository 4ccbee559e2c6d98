package io.sluice.engine.shard;

import io.sluice.broker.Catalog;
import io.sluice.broker.PartitionId;
import io.sluice.broker.message.DeadLetter;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.partition.TopicSettings;
import io.sluice.engine.queue.Outbox;
import io.sluice.engine.queue.QueueState.Dying;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes dead letters out of a queue's dying messages. Owned by its shard's loop.
final class DeadLetters {
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final HostedQueue queue;
    private final Catalog catalog;

    DeadLetters(HostedQueue queue, Catalog catalog) {
        this.queue = queue;
        this.catalog = catalog;
    }

    /// Reads a dying message; null when it is no longer there, as retention has taken it.
    @Nullable DeadLetter read(Dying dying) {
        var reader = queue.reader();
        if (!reader.seek(dying.offset()) || reader.offset() != dying.offset()) {
            log.warn(
                    "dead letter {} of {} cannot be read and is lost",
                    dying.offset(),
                    queue.part());
            return null;
        }
        var record = reader.at();
        return DeadLetter.of(
                queue.definition(),
                queue.settings(),
                dying.reason(),
                dying.sinceMillis(),
                reader.envelope(),
                record);
    }

    /// The partitions that a letter goes to.
    List<PartitionId> targets(DeadLetter letter) {
        return letter.targets(catalog, queue.definition().namespace());
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

    /// What one target gets of a round, as one batch of an idempotent producer.
    RecordBatch batch(
            Outbox.Target target, List<Dying> dying, long producer, short epoch, long nowMillis) {
        var batch = new BatchBuilder(Compression.NONE, 0, nowMillis);
        batch.producer(producer, epoch, target.sequence());
        for (int member : target.members()) {
            var letter = read(dying.get(member));
            if (letter == null) {
                // Its number must be used, or the target would miss one for ever.
                batch.add(nowMillis, null, null);
            } else {
                letter.addTo(batch, nowMillis);
            }
        }
        return batch.build();
    }
}
