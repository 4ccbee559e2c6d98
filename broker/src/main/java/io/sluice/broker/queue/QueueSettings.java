package io.sluice.broker.queue;

import io.sluice.broker.policy.PolicyLayers;
import io.sluice.broker.policy.PolicySetting;
import io.sluice.broker.policy.PolicyValues;
import io.sluice.broker.policy.QueuePolicy;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How a queue behaves: its arguments and the policy that applies to it, read once.
///
/// Times are milliseconds; -1 means none.
///
/// @param messageTtlMillis `x-message-ttl`; 0 or more
/// @param expiresMillis `x-expires`: the queue goes when unused for so long
/// @param lengthMax `x-max-length`: ready messages
/// @param bytesMax `x-max-length-bytes`: bytes of ready bodies
/// @param deadLetterExchange `x-dead-letter-exchange`, in the queue's namespace; empty text is the default exchange, as it is for the policy's
///     dead letter queue, which is then the routing key
/// @param deadLetterRoutingKey `x-dead-letter-routing-key`; none: the message's own keys
/// @param priorityMax `x-max-priority`: 0 (no priorities) to 255
/// @param deliveryLimit `x-delivery-limit`: a message that was returned more often than that is dead-lettered; one less than what the policy
///     has as the most attempts
/// @param singleActiveConsumer `x-single-active-consumer`
/// @param order `x-sluice-order`: `none`, `fair` or `key`
/// @param retentionMillis `x-sluice-retention`: a message is gone, not dead-lettered, when it is so old
/// @param redrive `x-sluice-redrive`: its messages are being moved
/// @param leaseMillis `x-consumer-timeout`: a delivery that is not settled for so long returns to the queue
/// @param policy retry, dead letters, breaker, push: `x-sluice-...`
/// @param layers what the policy was read from
public record QueueSettings(
        QueueType type,
        long messageTtlMillis,
        long expiresMillis,
        long lengthMax,
        long bytesMax,
        Overflow overflow,
        Optional<String> deadLetterExchange,
        Optional<String> deadLetterRoutingKey,
        int priorityMax,
        long deliveryLimit,
        boolean singleActiveConsumer,
        Order order,
        long retentionMillis,
        Optional<Redrive> redrive,
        long leaseMillis,
        QueuePolicy policy,
        PolicyLayers layers) {
    /// A queue without arguments.
    public static final QueueSettings DEFAULT = of(Map.of(), Map.of(), Map.of(), Map.of());

    /// Reads arguments that were validated when the queue was declared, and a policy's definition. For limits that both name the smaller one
    /// holds; for all else the argument wins.
    ///
    /// @param arguments by AMQP's names (`x-message-ttl`), values as JSON text
    /// @param attributes by AMQP's names too; they go before arguments and policy. Others are not looked at
    /// @param policy by a policy's names (`message-ttl`), values as JSON text
    /// @param topic configs of the topic, by Kafka's names
    public static QueueSettings of(
            Map<String, String> arguments,
            Map<String, String> attributes,
            Map<String, String> policy,
            Map<String, String> topic) {
        return of(arguments, attributes, policy, topic, Map.of());
    }

    /// @param topic,group configs of the topic, and of the Kafka group that the queue is made for, by Kafka's names: what they say is the weakest
    public static QueueSettings of(
            Map<String, String> arguments,
            Map<String, String> attributes,
            Map<String, String> policy,
            Map<String, String> topic,
            Map<String, String> group) {
        var layers = PolicyLayers.of(arguments, attributes, policy, topic, group);
        var values = layers.values();
        var all = new HashMap<>(policy);
        // What a queue is made of is said when it is declared and stays.
        all.remove("max-priority");
        all.remove("queue-type");
        all.remove("sluice-order");
        arguments.forEach(
                (name, value) -> {
                    if (name.startsWith("x-")) {
                        all.merge(name.substring(2), value, QueueSettings::stricter);
                    }
                });
        attributes.forEach(
                (name, value) -> {
                    if (name.startsWith("x-")) {
                        all.put(name.substring(2), value);
                    }
                });
        if (layers.namesDeadLetterQueue()) {
            nameDeadLetterQueue(all, values);
        } else {
            // Said by an exchange: nobody makes the queue that it leads to.
            values = values.with(PolicySetting.DEAD_LETTER_QUEUE, Optional.empty());
        }
        var itsPolicy = QueuePolicy.of(values);
        return new QueueSettings(
                QueueType.of(text(all, "queue-type").orElse("classic")),
                number(all, "message-ttl"),
                number(all, "expires"),
                number(all, "max-length"),
                number(all, "max-length-bytes"),
                overflow(text(all, "overflow").orElse("drop-head")),
                text(all, "dead-letter-exchange"),
                text(all, "dead-letter-routing-key"),
                (int) Math.max(0, number(all, "max-priority")),
                Math.max(-1, itsPolicy.retry().attemptsMax() - 1),
                "true".equals(all.get("single-active-consumer")),
                Order.of(text(all, "sluice-order").orElse("none")),
                number(all, "sluice-retention"),
                text(all, "sluice-redrive").map(Redrive::of),
                number(all, "consumer-timeout"),
                itsPolicy,
                layers);
    }

    /// Tries that a message has, the first one counted; -1: any number.
    public long attemptsMax() {
        return policy.retry().attemptsMax();
    }

    /// Whether it matters how a message failed: somebody may be told, or it is tried again by a policy.
    public boolean keepsFailures() {
        return deadLetterExchange.isPresent()
                || policy.retry().hasBackoff()
                || policy.retry().ageMaxMillis() >= 0
                || attemptsMax() >= 0;
    }

    private static void nameDeadLetterQueue(Map<String, String> all, PolicyValues values) {
        all.remove("dead-letter-exchange");
        all.remove("dead-letter-routing-key");
        values.text(PolicySetting.DEAD_LETTER_QUEUE)
                .ifPresent(
                        queue -> {
                            all.put("dead-letter-exchange", JsonText.quoted(""));
                            all.put("dead-letter-routing-key", JsonText.quoted(queue));
                        });
    }

    public boolean hasPriorities() {
        return priorityMax > 0;
    }

    private static String stricter(String policy, String argument) {
        try {
            return Long.parseLong(policy) < Long.parseLong(argument) ? policy : argument;
        } catch (NumberFormatException _) {
            return argument;
        }
    }

    private static long number(Map<String, String> all, String name) {
        var text = all.get(name);
        if (text == null) {
            return -1;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static Optional<String> text(Map<String, String> all, String name) {
        var json = all.get(name);
        return json == null || json.length() < 2 || json.charAt(0) != '"'
                ? Optional.empty()
                : Optional.of(JsonText.unquoted(json));
    }

    private static Overflow overflow(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "reject-publish" -> Overflow.REJECT_PUBLISH;
            case "reject-publish-dlx" -> Overflow.REJECT_PUBLISH_DLX;
            default -> Overflow.DROP_HEAD;
        };
    }
}
