package io.sluice.dialect.kafka.share;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.JsonText;
import io.sluice.broker.queue.Queue;
import io.sluice.dialect.kafka.TopicIds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.protocol.Errors;

/// The queues of share groups: finds them, makes those that are missing, begins them anew. May be used on any thread.
public final class ShareQueues {
    private final Broker broker;
    private final Clock clock;
    private final StartOffsets offsets;

    /// Those that are being made: who asks meanwhile gets the same.
    private final Map<String, CompletableFuture<Queue>> coming = new ConcurrentHashMap<>();

    public ShareQueues(Broker broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
        this.offsets = new StartOffsets(broker, clock);
    }

    /// No topic's name has a slash, so that the last one says where the group's ends.
    static String name(String group, Topic topic) {
        return group + "/" + topic.name();
    }

    /// The group's queue on that topic.
    public Optional<Queue> find(String group, Topic topic) {
        return broker.catalog()
                .queue(Queue.DEFAULT_NAMESPACE, name(group, topic))
                .filter(queue -> queue.topic().equals(topic.id()));
    }

    /// The group's queue on that topic, which is made if it is not there and begins where the group's settings say.
    public CompletableFuture<Queue> ensure(String group, Topic topic) {
        var found = find(group, topic);
        if (found.isPresent()) {
            return CompletableFuture.completedFuture(found.get());
        }
        var key = name(group, topic) + "/" + topic.id();
        var mine = new CompletableFuture<Queue>();
        var first = coming.putIfAbsent(key, mine);
        if (first != null) {
            return first;
        }
        make(group, topic)
                .whenComplete(
                        (queue, failure) -> {
                            coming.remove(key, mine);
                            if (failure == null) {
                                mine.complete(queue);
                            } else {
                                mine.completeExceptionally(Errors.maybeUnwrapException(failure));
                            }
                        });
        return mine;
    }

    private CompletableFuture<Queue> make(String group, Topic topic) {
        var settings = ShareSettings.of(broker.catalog(), group);
        return offsets.atFirst(topic, settings.begins())
                .thenCompose(
                        starts ->
                                declare(
                                        group,
                                        topic,
                                        fresh(group, topic, Map.of(), attributes(group, starts))));
    }

    private CompletableFuture<Queue> declare(String group, Topic topic, Queue queue) {
        var declared = new CompletableFuture<Queue>();
        broker.change(
                new CatalogChange.DeclareQueue(queue),
                new Reply<>() {
                    @Override
                    public void done(Catalog catalog) {
                        declared.complete(queue);
                    }

                    @Override
                    public void refused(BrokerError error) {
                        var found = find(group, topic);
                        if (found.isPresent()) {
                            declared.complete(found.get());
                        } else {
                            declared.completeExceptionally(
                                    Errors.INVALID_REQUEST.exception(error.message()));
                        }
                    }
                });
        return declared;
    }

    /// The group's queue on that topic begins anew: at `from` in the partitions that it names, elsewhere at the first record that is not done with.
    public CompletableFuture<Queue> restart(String group, Topic topic, Map<Integer, Long> from) {
        return ensure(group, topic)
                .thenCompose(
                        queue ->
                                offsets.floors(queue, topic)
                                        .thenCompose(
                                                floors ->
                                                        replace(
                                                                group, topic, queue, from,
                                                                floors)));
    }

    private CompletableFuture<Queue> replace(
            String group, Topic topic, Queue queue, Map<Integer, Long> from, List<Long> floors) {
        var starts = new Long[floors.size()];
        for (int index = 0; index < starts.length; index++) {
            starts[index] = from.getOrDefault(index, floors.get(index));
        }
        var attributes = new HashMap<>(queue.attributes());
        attributes.putAll(attributes(group, List.of(starts)));
        var by = fresh(group, topic, queue.arguments(), attributes);
        return Promise.<Catalog>of(
                        reply ->
                                broker.change(
                                        new CatalogChange.ReplaceQueue(queue.id(), by), reply))
                .thenApply(_ -> by);
    }

    /// @return whether there was one
    public CompletableFuture<Boolean> delete(String group, Topic topic) {
        return find(group, topic)
                .map(
                        queue ->
                                Promise.<Long>of(
                                                reply ->
                                                        broker.queues()
                                                                .delete(
                                                                        queue.id(),
                                                                        false,
                                                                        false,
                                                                        reply))
                                        .thenApply(_ -> true))
                .orElseGet(() -> CompletableFuture.completedFuture(false));
    }

    private Queue fresh(
            String group,
            Topic topic,
            Map<String, String> arguments,
            Map<String, String> attributes) {
        return new Queue(
                TopicIds.random(),
                Queue.DEFAULT_NAMESPACE,
                name(group, topic),
                topic.id(),
                false,
                true,
                false,
                false,
                arguments,
                attributes,
                clock.millis());
    }

    private static Map<String, String> attributes(String group, List<Long> starts) {
        var offsets = starts.stream().map(String::valueOf).collect(Collectors.joining(","));
        return Map.of(
                Queue.SHARE_GROUP, JsonText.quoted(group),
                Queue.START_OFFSETS, JsonText.quoted(offsets));
    }
}
