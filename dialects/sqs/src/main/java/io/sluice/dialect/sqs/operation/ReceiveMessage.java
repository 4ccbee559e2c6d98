package io.sluice.dialect.sqs.operation;

import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.record.RecordBatch;
import io.sluice.dialect.sqs.message.HandleKey;
import io.sluice.dialect.sqs.message.ReceiptHandle;
import io.sluice.dialect.sqs.message.ReceivedRecord;
import io.sluice.dialect.sqs.protocol.Md5;
import io.sluice.dialect.sqs.protocol.MessageAttribute;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Leases messages to whoever asks, now or as soon as there are some.
final class ReceiveMessage {
    /// An answer is no larger than what one message may be, but for its last message.
    private static final long BYTES_MAX = 1_048_576;

    private static final int IN_FLIGHT_MAX = 120_000;
    private static final int IN_FLIGHT_MAX_FIFO = 20_000;

    private final Call call;
    private final SqsQueue queue;
    private final Operation.ReceiveMessage asked;

    private ReceiveMessage(Call call, SqsQueue queue, Operation.ReceiveMessage asked) {
        this.call = call;
        this.queue = queue;
        this.asked = asked;
    }

    static void run(Call call, Operation.ReceiveMessage asked) {
        call.withQueue(asked.queue(), queue -> new ReceiveMessage(call, queue, asked).run());
    }

    private void run() {
        long now = call.services().clock().millis();
        var repeated =
                queue.isFifo()
                        ? asked.attemptId()
                                .flatMap(
                                        id ->
                                                call.services()
                                                        .attempts()
                                                        .repeated(queue.queue().id(), id, now))
                        : Optional.<Result.Received>empty();
        if (repeated.isPresent()) {
            call.done(repeated.get());
            return;
        }
        var receive =
                new Receive(
                        call.services().owner(),
                        asked.max(),
                        BYTES_MAX,
                        1_000L * visibilitySeconds(),
                        1_000L * asked.waitSeconds().orElse(queue.settings().receiveWaitSeconds()),
                        queue.isFifo() ? IN_FLIGHT_MAX_FIFO : IN_FLIGHT_MAX,
                        call.caller().senderId());
        if (queue.parts().size() > 1) {
            AllParts.receive(call, queue, receive, this::received);
        } else {
            call.whenGone(
                    call.services()
                            .broker()
                            .queues()
                            .receive(queue.home(), receive, call.reply(this::received)));
        }
    }

    private int visibilitySeconds() {
        return asked.visibilitySeconds().orElse(queue.settings().visibilitySeconds());
    }

    private void received(List<Delivery> deliveries) {
        long now = call.services().clock().millis();
        var messages = new ArrayList<Result.Message>();
        var handles = queue.handleKey().writer();
        for (var delivery : deliveries) {
            var batch = RecordBatch.view(delivery.batch(), 0);
            var records = batch.recordsFrom(delivery.at());
            while (records.next() && records.offset() <= delivery.lastOffset()) {
                messages.add(
                        message(
                                new ReceivedRecord(delivery.part(), records),
                                delivery,
                                handles,
                                now));
            }
        }
        var result = new Result.Received(messages);
        if (queue.isFifo() && !messages.isEmpty()) {
            asked.attemptId()
                    .ifPresent(
                            id ->
                                    call.services()
                                            .attempts()
                                            .remember(
                                                    queue.queue().id(),
                                                    id,
                                                    result,
                                                    now + 1_000L * visibilitySeconds()));
        }
        call.done(result);
    }

    private Result.Message message(
            ReceivedRecord record, Delivery delivery, HandleKey.Writer handles, long now) {
        var attributes = attributes(record);
        var handle =
                ReceiptHandle.of(
                        record.offset(), delivery.part().index(), delivery.returned(), now);
        return new Result.Message(
                record.messageId(),
                handles.text(handle),
                record.body(),
                Md5.of(record.body()),
                asked.systemAttributes().isNone()
                        ? Map.of()
                        : systemAttributes(record, delivery, now),
                attributes,
                Md5.of(attributes));
    }

    private Map<String, MessageAttribute> attributes(ReceivedRecord record) {
        if (asked.attributes().isNone()) {
            return Map.of();
        }
        var wanted = new LinkedHashMap<>(record.attributes());
        if (!asked.attributes().all()) {
            record.letterAttributes().forEach(wanted::putIfAbsent);
        }
        wanted.keySet().removeIf(name -> !asked.attributes().wants(name));
        return wanted;
    }

    private Map<String, String> systemAttributes(
            ReceivedRecord record, Delivery delivery, long now) {
        var all = new LinkedHashMap<String, String>();
        all.put("SenderId", record.senderId().orElse("anonymous"));
        all.put("SentTimestamp", Long.toString(record.sentMillis()));
        all.put("ApproximateReceiveCount", Integer.toString(delivery.returned() + 1));
        all.put(
                "ApproximateFirstReceiveTimestamp",
                Long.toString(
                        call.services()
                                .firstReceives()
                                .of(
                                        delivery.part(),
                                        record.offset(),
                                        delivery.redelivered(),
                                        now)));
        record.groupId().ifPresent(group -> all.put("MessageGroupId", group));
        record.deduplicationId().ifPresent(id -> all.put("MessageDeduplicationId", id));
        if (queue.isFifo()) {
            all.put("SequenceNumber", record.sequenceNumber());
        }
        record.trace().ifPresent(trace -> all.put("AWSTraceHeader", trace));
        record.deadLetterSource()
                .filter(source -> !source.equals(queue.name()))
                .ifPresent(
                        source ->
                                all.put(
                                        "DeadLetterQueueSourceArn",
                                        call.caller()
                                                .arn(call.account(asked.queue()), source)
                                                .text()));
        all.keySet().removeIf(name -> !asked.systemAttributes().wants(name));
        return all;
    }
}
