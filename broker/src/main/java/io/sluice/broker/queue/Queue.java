package io.sluice.broker.queue;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A queue as the catalog knows it.
///
/// @param id chosen once, random; a queue deleted and declared again under its old name is another one
/// @param namespace the virtual host; `/` is the default one, whose queues' topics Kafka clients see under the queue's name
/// @param topic what it subscribes to
/// @param ownsTopic the topic was created for this queue: it goes with it, and keeps records only until they are consumed
/// @param durable survives a restart
/// @param autoDelete goes when its last consumer has come and gone
/// @param exclusive belongs to one connection and goes with it; never survives a restart
/// @param arguments as declared: each value is JSON text (`60000`, `"reject-publish"`, `true`), so that equal values are equal texts
/// @param attributes what can be set later ([io.sluice.broker.CatalogChange.ConfigureQueue]): names that begin with `x-` mean what the argument of
///     that name does, and go before it, values as JSON text; others are a dialect's own (`sqs.VisibilityTimeout`), values as it likes
public record Queue(
        UUID id,
        String namespace,
        String name,
        UUID topic,
        boolean ownsTopic,
        boolean durable,
        boolean autoDelete,
        boolean exclusive,
        Map<String, String> arguments,
        Map<String, String> attributes,
        long createdMillis) {
    /// The namespace whose names are Kafka's topic names as they are.
    public static final String DEFAULT_NAMESPACE = "/";

    /// The attribute that names the Kafka share group which a queue is made for.
    public static final String SHARE_GROUP = "x-sluice-share-group";

    /// The attribute that says where a queue on a topic that had records before begins: an offset per partition, commas between.
    public static final String START_OFFSETS = "x-sluice-start-offsets";

    public Queue {
        arguments = Map.copyOf(arguments);
        attributes = Map.copyOf(attributes);
    }

    /// A queue without attributes.
    public Queue(
            UUID id,
            String namespace,
            String name,
            UUID topic,
            boolean ownsTopic,
            boolean durable,
            boolean autoDelete,
            boolean exclusive,
            Map<String, String> arguments,
            long createdMillis) {
        this(
                id,
                namespace,
                name,
                topic,
                ownsTopic,
                durable,
                autoDelete,
                exclusive,
                arguments,
                Map.of(),
                createdMillis);
    }

    /// The same queue with other attributes.
    public Queue with(Map<String, String> others) {
        return new Queue(
                id,
                namespace,
                name,
                topic,
                ownsTopic,
                durable,
                autoDelete,
                exclusive,
                arguments,
                others,
                createdMillis);
    }

    /// The part of it on one partition of its topic.
    public QueuePart part(int index) {
        return new QueuePart(id, topic, index);
    }

    /// The Kafka share group that it is made for; its settings are the queue's.
    public Optional<String> shareGroup() {
        return text(SHARE_GROUP);
    }

    /// The first message of the part on partition `index`; what lies before was never the queue's.
    public long startOffset(int index) {
        var offsets = text(START_OFFSETS).orElse("").split(",", -1);
        return index < offsets.length && !offsets[index].isEmpty()
                ? Long.parseLong(offsets[index])
                : 0;
    }

    private Optional<String> text(String attribute) {
        var json = attributes.get(attribute);
        return json == null || json.length() < 2 || json.charAt(0) != '"'
                ? Optional.empty()
                : Optional.of(JsonText.unquoted(json));
    }

    /// The name of the topic of a queue in a namespace. Outside the default namespace it is no legal Kafka name, so Kafka
    /// clients do not see it.
    public static String topicName(String namespace, String name) {
        return namespace.equals(DEFAULT_NAMESPACE) ? name : name + '\u0000' + namespace;
    }

    /// True when the queue is gone after a restart.
    public boolean isTransient() {
        return !durable || exclusive;
    }
}
