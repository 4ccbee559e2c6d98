package io.sluice.engine.shard;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.UUID;

/// Publishes what has happened to queues as JSON records of the topic [#TOPIC], which is made when the first thing happens.
///
/// As well as it can: what cannot be published now is not. Nothing waits for it, and what it tells is in the log and the state anyway. Owned by its
/// shard's loop.
final class Events {
    static final String TOPIC = "sluice.events";
    private static final Map<String, String> CONFIG = Map.of("retention.ms", "86400000");

    /// While the topic is being made.
    private static final int WAITING_MAX = 1_000;

    private final Shard shard;
    private final ArrayDeque<BreakerEvent> waiting = new ArrayDeque<>(0);
    private boolean making;

    Events(Shard shard) {
        this.shard = shard;
    }

    void publish(BreakerEvent event) {
        var topic = shard.broker().catalog().topic(TOPIC);
        if (topic.isPresent() && waiting.isEmpty()) {
            append(topic.get(), event);
        } else if (waiting.size() < WAITING_MAX) {
            waiting.add(event);
            goOn();
        }
    }

    private void goOn() {
        var topic = shard.broker().catalog().topic(TOPIC);
        if (topic.isPresent()) {
            waiting.forEach(event -> append(topic.get(), event));
            waiting.clear();
        } else if (!making) {
            making = true;
            shard.broker()
                    .change(
                            new CatalogChange.CreateTopic(id(), TOPIC, 1, CONFIG),
                            new Reply<>() {
                                @Override
                                public void done(Catalog catalog) {
                                    onShard(Events.this::made);
                                }

                                @Override
                                public void refused(BrokerError error) {
                                    onShard(Events.this::made);
                                }
                            });
        }
    }

    /// Or somebody else has made it, or it cannot be made now.
    private void made() {
        making = false;
        if (shard.broker().catalog().topic(TOPIC).isPresent()) {
            goOn();
        } else {
            waiting.clear();
        }
    }

    /// Never used before: one that was deleted came with another time.
    private UUID id() {
        return UUID.nameUUIDFromBytes(
                (TOPIC + " " + shard.nowMillis() + " " + shard.index())
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void append(Topic topic, BreakerEvent event) {
        var batch = new BatchBuilder(Compression.NONE, 0, event.atMillis());
        batch.add(event.atMillis(), event.key(), event.value());
        shard.broker()
                .append(
                        new Append(
                                topic.partition(0),
                                Buffer.unpooled(batch.build().whole()),
                                Append.ANYWHERE,
                                true,
                                false),
                        Unheard.REPLY);
    }

    private void onShard(Runnable task) {
        shard.mailbox().putInternal(new TaskOperation(task));
    }

    private enum Unheard implements Reply<Append.Appended> {
        REPLY;

        @Override
        public void done(Append.Appended appended) {}

        @Override
        public void refused(BrokerError error) {}
    }
}
