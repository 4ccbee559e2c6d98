package io.sluice.engine.shard;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.broker.queue.Consumer;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.queue.Queues.Got;
import io.sluice.broker.queue.Receipts;
import io.sluice.broker.queue.Receipts.Outcome;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Queues on a [Bench].
final class QueueBench {
    /// Queues that count their bytes: one that reads from the log's head on, one that lists what is ready.
    static final List<Map<String, String>> LIMITED_BYTES =
            List.of(
                    Map.of("x-max-length-bytes", "1000"),
                    Map.of("x-max-length-bytes", "1000", "x-max-priority", "9"));

    final Bench bench;
    private int queues;

    QueueBench(Bench bench) {
        this.bench = bench;
    }

    QueuePart declare(String name, Map<String, String> arguments) {
        return declare(name, arguments, false);
    }

    QueuePart declare(String name, Map<String, String> arguments, boolean autoDelete) {
        int number = ++queues;
        var queue =
                new Queue(
                        new UUID(1, number),
                        Queue.DEFAULT_NAMESPACE,
                        name,
                        new UUID(2, number),
                        true,
                        true,
                        autoDelete,
                        false,
                        arguments,
                        0);
        var reply = bench.change(new CatalogChange.DeclareQueue(queue));
        bench.quiet();
        return reply.value().queue(Queue.DEFAULT_NAMESPACE, name).orElseThrow().part(0);
    }

    /// A queue whose dead letters go to the queue `dead`.
    QueuePart declareDying(String name, Map<String, String> more) {
        var arguments = new HashMap<>(more);
        arguments.put("x-dead-letter-exchange", "\"\"");
        arguments.put("x-dead-letter-routing-key", "\"dead\"");
        return declare(name, arguments);
    }

    /// A queue on a topic that is there.
    QueuePart subscribeTo(UUID topic, String name) {
        return subscribeTo(topic, name, Map.of());
    }

    QueuePart subscribeTo(UUID topic, String name, Map<String, String> arguments) {
        var queue =
                new Queue(
                        new UUID(1, ++queues),
                        Queue.DEFAULT_NAMESPACE,
                        name,
                        topic,
                        false,
                        true,
                        false,
                        false,
                        arguments,
                        0);
        var reply = bench.change(new CatalogChange.DeclareQueue(queue));
        bench.quiet();
        reply.value();
        return queue.part(0);
    }

    void publish(QueuePart queue, String... bodies) {
        var messages = new ArrayList<Message>();
        for (var body : bodies) {
            messages.add(Message.of(body));
        }
        publish(queue, messages.toArray(Message[]::new));
    }

    void publish(QueuePart queue, Message... messages) {
        var reply = send(queue, messages);
        bench.quiet();
        reply.value();
    }

    /// As a Kafka client might.
    void publishCompressed(QueuePart queue, String... bodies) {
        var batch = new BatchBuilder(Compression.GZIP, 0, bench.clock.millis());
        for (var body : bodies) {
            batch.add(bench.clock.millis(), null, body.getBytes(StandardCharsets.UTF_8));
        }
        bench.appendDurably(queue.partition(), batch.build());
    }

    Answered<Append.Appended> send(QueuePart queue, Message... messages) {
        long now = bench.clock.millis();
        var batch = new BatchBuilder(Compression.NONE, 0, now);
        boolean delayed = false;
        for (var message : messages) {
            delayed |= message.notBefore() > 0;
            var envelope =
                    EnvelopeWriter.write(
                            message.priority(),
                            message.ttl(),
                            message.notBefore() > 0 ? message.notBefore() : -1,
                            "the exchange",
                            List.of("a key"),
                            null,
                            null);
            batch.add(
                    now,
                    message.key().isEmpty() ? null : message.key().getBytes(StandardCharsets.UTF_8),
                    message.body().getBytes(StandardCharsets.UTF_8),
                    new Header(Envelope.HEADER, envelope));
        }
        var reply = new Answered<Append.Appended>();
        bench.broker.append(
                new Append(
                        queue.partition(),
                        Buffer.unpooled(batch.build().whole()),
                        Append.ANYWHERE,
                        false,
                        delayed),
                reply);
        return reply;
    }

    /// Messages whose keys are the first letters of their bodies.
    void publishKeyed(QueuePart queue, String... bodies) {
        publish(queue, Stream.of(bodies).map(Message::keyed).toArray(Message[]::new));
    }

    /// Somebody asks for messages, and everything comes to rest.
    Asked receive(QueuePart queue, int messagesMax, long leaseMillis, long waitMillis) {
        var asked = ask(queue, messagesMax, leaseMillis, waitMillis);
        bench.quiet();
        return asked;
    }

    /// Somebody asks for messages; nothing has happened yet.
    Asked ask(QueuePart queue, int messagesMax, long leaseMillis, long waitMillis) {
        var reply = new Answered<List<Delivery>>();
        var receive =
                new Receive(
                        bench.broker.queues().nextConsumerId(),
                        messagesMax,
                        1 << 20,
                        leaseMillis,
                        waitMillis,
                        1_000_000);
        var cancel = bench.broker.queues().receive(queue, receive, reply);
        return new Asked(reply, cancel);
    }

    /// Shows the receipt of one message.
    Outcome settle(QueuePart queue, Receipts.Wish wish, long offset, int returned) {
        var reply = showReceipt(queue, wish, offset, returned);
        bench.quiet();
        return reply.value().getFirst();
    }

    Answered<List<Outcome>> showReceipt(
            QueuePart queue, Receipts.Wish wish, long offset, int returned) {
        var reply = new Answered<List<Outcome>>();
        bench.broker
                .queues()
                .settle(
                        queue,
                        new Receipts(new long[] {offset}, new int[] {returned}, wish),
                        reply);
        return reply;
    }

    Client consume(QueuePart queue, int prefetch) {
        return consume(queue, prefetch, 0, false, false);
    }

    Client consume(
            QueuePart queue, int prefetch, int priority, boolean exclusive, boolean settled) {
        var client = new Client(bench, queue);
        long id = bench.broker.queues().nextConsumerId();
        client.id = id;
        client.owner = bench.broker.queues().nextConsumerId();
        var reply = new Answered<QueueStatus>();
        bench.broker
                .queues()
                .subscribe(
                        queue,
                        new Consumer(
                                id,
                                client.owner,
                                "tag " + id,
                                priority,
                                exclusive,
                                settled,
                                prefetch,
                                1 << 20,
                                client),
                        reply);
        bench.quiet();
        client.subscribed = reply;
        return client;
    }

    Optional<Got> get(QueuePart queue, boolean settled) {
        var reply = new Answered<Optional<Got>>();
        bench.broker.queues().get(queue, 1, settled, reply);
        bench.quiet();
        return reply.value();
    }

    /// The bodies of all that is ready, which is consumed by this.
    List<String> drain(QueuePart queue) {
        var bodies = new ArrayList<String>();
        for (var got = get(queue, true); got.isPresent(); got = get(queue, true)) {
            bodies.addAll(bodies(got.get().delivery()));
        }
        return bodies;
    }

    QueueStatus status(QueuePart queue) {
        var reply = new Answered<QueueStatus>();
        bench.broker.queues().status(queue, reply);
        bench.quiet();
        return reply.value();
    }

    long start(QueuePart queue) {
        var hosted = bench.hostedBy(queue.partition()).partition(queue.partition());
        assert hosted != null : "a shard that hosts it was found";
        return hosted.partition().startOffset();
    }

    static List<String> bodies(Delivery delivery) {
        var bodies = new ArrayList<String>();
        var records = RecordBatch.view(delivery.batch(), 0).recordsFrom(delivery.at());
        while (records.next() && records.offset() <= delivery.lastOffset()) {
            bodies.add(StandardCharsets.UTF_8.decode(records.value()).toString());
        }
        return bodies;
    }
}
