package io.sluice.schema.gate;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.Catalog;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Topic;
import io.sluice.broker.message.Circumstances;
import io.sluice.broker.message.DeadLetter;
import io.sluice.broker.message.Death;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.FailureHistory;
import io.sluice.broker.message.FailureHistory.Attempt;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Records;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The dead letters that become of records which were not taken: one for every place that a queue of their topic sends its dead letters to.
final class SchemaLetters {
    private static final byte[] ENVELOPE = Envelope.HEADER.getBytes(StandardCharsets.UTF_8);
    private static final String CODE = "schema";

    /// A batch of letters is about so large, as every topic takes it.
    private static final int BATCH_BYTES = 256 * 1024;

    private final Catalog catalog;
    private final PartitionId partition;
    private final Topic topic;
    private final List<Queue> queues;
    private final long nowMillis;
    private final boolean lax;
    private final Map<PartitionId, BatchBuilder> open = new LinkedHashMap<>();
    private final List<Append> full = new ArrayList<>();

    SchemaLetters(Catalog catalog, Topic topic, Append append, long nowMillis) {
        this(catalog, topic, append.partition(), append.lax(), nowMillis);
    }

    SchemaLetters(
            Catalog catalog, Topic topic, PartitionId partition, boolean lax, long nowMillis) {
        this.catalog = catalog;
        this.topic = topic;
        this.partition = partition;
        this.lax = lax;
        this.nowMillis = nowMillis;
        this.queues =
                catalog.queuesOf(topic.id()).stream()
                        .filter(queue -> catalog.settings(queue).deadLetterExchange().isPresent())
                        .toList();
    }

    /// Writes the letters of the record that the cursor stands on.
    ///
    /// @return false when there is no place for them
    boolean add(Records record, String why) {
        boolean placed = false;
        for (var queue : queues) {
            var letter =
                    DeadLetter.of(
                            queue,
                            catalog.settings(queue),
                            Death.Reason.SCHEMA,
                            nowMillis,
                            circumstances(why),
                            envelope(record),
                            record);
            for (var target : letter.targets(catalog, queue.namespace())) {
                placed = true;
                add(letter, target);
            }
        }
        return placed;
    }

    /// All that was written, to be appended.
    List<Append> appends() {
        open.forEach(this::close);
        open.clear();
        return full;
    }

    private void add(DeadLetter letter, PartitionId target) {
        var batch = open.get(target);
        if (batch != null && batch.bytes() + letter.bytesMax() > BATCH_BYTES) {
            close(target, batch);
            batch = null;
        }
        if (batch == null) {
            batch = new BatchBuilder(Compression.NONE, 0, nowMillis);
            open.put(target, batch);
        }
        letter.addTo(batch, nowMillis);
    }

    private void close(PartitionId target, BatchBuilder batch) {
        full.add(
                new Append(
                        target,
                        Buffer.unpooled(batch.build().whole()),
                        Append.ANYWHERE,
                        lax,
                        false));
    }

    /// It never had an offset.
    private Circumstances circumstances(String why) {
        return new Circumstances(
                topic.name(),
                partition.index(),
                -1,
                new FailureHistory(0, nowMillis, List.of(new Attempt(nowMillis, "", CODE)), why));
    }

    private static @Nullable Envelope envelope(Records record) {
        var bytes = record.header(ENVELOPE);
        if (bytes == null) {
            return null;
        }
        try {
            return Envelope.of(bytes);
        } catch (RuntimeException _) {
            // A Kafka client's header that happens to have the name.
            return null;
        }
    }
}
