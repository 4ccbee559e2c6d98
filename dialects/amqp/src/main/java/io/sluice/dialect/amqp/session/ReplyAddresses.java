package io.sluice.dialect.amqp.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Who waits for direct replies, by the addresses that their requests carry. Shared by all sessions: a reply goes from the one session's
/// loop to the other's, through memory alone.
public final class ReplyAddresses {
    /// The queue that does not exist: consuming from it makes an address.
    static final String QUEUE = "amq.rabbitmq.reply-to";

    /// What addresses begin with.
    static final String PREFIX = QUEUE + ".";

    private final Map<String, ReplyConsumer> consumers = new ConcurrentHashMap<>();

    void add(String address, ReplyConsumer consumer) {
        consumers.put(address, consumer);
    }

    void remove(String address) {
        consumers.remove(address);
    }

    boolean has(String address) {
        return consumers.containsKey(address);
    }

    /// Hands a reply over; false when nobody waits at that address.
    boolean send(String address, Content reply) {
        var consumer = consumers.get(address);
        if (consumer == null) {
            return false;
        }
        consumer.send(reply.kept());
        return true;
    }
}
