package io.sluice.dialect.sqs.operation;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Once;
import io.sluice.broker.Reply;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.dialect.sqs.message.MessageRecord;
import io.sluice.dialect.sqs.message.ReceivedRecord;
import io.sluice.dialect.sqs.message.Sha256;
import io.sluice.dialect.sqs.protocol.BatchEntry;
import io.sluice.dialect.sqs.protocol.BatchFailure;
import io.sluice.dialect.sqs.protocol.Md5;
import io.sluice.dialect.sqs.protocol.MessageToSend;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Messages on their way into one queue: checked against it, written as records, answered when they are durable.
///
/// Messages for a standard queue are one batch of records; on a FIFO queue each is one of its own, as each may be a repetition of an earlier one.
final class Sending {
    private final Call call;
    private final SqsQueue queue;
    private final long nowMillis;
    private final List<BatchFailure> failed = new ArrayList<>();

    Sending(Call call, SqsQueue queue) {
        this.call = call;
        this.queue = queue;
        this.nowMillis = call.services().clock().millis();
    }

    void send(List<BatchEntry<MessageToSend>> entries, Consumer<Result.SentBatch> then) {
        var prepared = new ArrayList<BatchEntry<MessageRecord>>();
        for (var entry : entries) {
            var refusal = SendRules.refusal(queue, entry.value());
            if (refusal.isPresent()) {
                failed.add(new BatchFailure(entry.id(), refusal.get()));
            } else {
                prepared.add(new BatchEntry<>(entry.id(), record(entry.value())));
            }
        }
        if (prepared.isEmpty()) {
            then.accept(new Result.SentBatch(List.of(), failed));
        } else if (queue.isFifo()) {
            new OneByOne(prepared, then).send();
        } else {
            together(prepared, then);
        }
    }

    private MessageRecord record(MessageToSend message) {
        var random = call.services().numbers();
        // Version 4, as others make them.
        var id =
                new UUID(
                        (random.nextLong() & ~0xF000L) | 0x4000L,
                        (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
        int delay = message.delaySeconds().orElse(0);
        if (delay == 0 && (queue.isFifo() || message.delaySeconds().isEmpty())) {
            delay = queue.settings().delaySeconds();
        }
        var deduplicationId =
                queue.isFifo()
                        ? message.deduplicationId()
                                .or(() -> Optional.of(Sha256.hex(message.body())))
                        : message.deduplicationId();
        var once =
                queue.isFifo()
                        ? deduplicationId.map(text -> once(id, text, message.groupId().orElse("")))
                        : Optional.<Once>empty();
        return new MessageRecord(
                id,
                message,
                call.caller().senderId(),
                queue.name(),
                delay > 0 ? nowMillis + 1_000L * delay : 0,
                deduplicationId,
                once);
    }

    private Once once(UUID id, String deduplicationId, String group) {
        var scope = queue.settings().deduplicatesPerGroup() ? group + '\0' : "";
        var hash = ByteBuffer.wrap(Sha256.of(scope + deduplicationId));
        return new Once(hash.getLong(), hash.getLong(), id);
    }

    private void together(
            List<BatchEntry<MessageRecord>> entries, Consumer<Result.SentBatch> then) {
        var batch = new BatchBuilder(Compression.NONE, 0, nowMillis);
        boolean delayed = false;
        for (var entry : entries) {
            entry.value().addTo(batch, nowMillis);
            delayed |= entry.value().notBeforeMillis() > 0;
        }
        append(
                batch,
                delayed,
                null,
                new Reply<>() {
                    @Override
                    public void done(Appended appended) {
                        var taken = new ArrayList<>(entries);
                        for (var refused : appended.refused().reversed()) {
                            var entry = taken.remove(refused.index());
                            failed.add(new BatchFailure(entry.id(), Refusals.invalid(refused)));
                        }
                        var sent = new ArrayList<BatchEntry<Result.Sent>>(taken.size());
                        taken.forEach(
                                entry ->
                                        sent.add(
                                                new BatchEntry<>(
                                                        entry.id(),
                                                        sent(
                                                                entry.value(),
                                                                entry.value().id(),
                                                                Optional.empty()))));
                        then.accept(new Result.SentBatch(sent, failed));
                    }

                    @Override
                    public void refused(BrokerError error) {
                        for (int i = 0; i < entries.size(); i++) {
                            var refusal = Refusals.of(error, i);
                            failed.add(new BatchFailure(entries.get(i).id(), refusal));
                        }
                        then.accept(new Result.SentBatch(List.of(), failed));
                    }
                });
    }

    private void append(
            BatchBuilder batch, boolean delayed, @Nullable Once once, Reply<Appended> reply) {
        call.services()
                .broker()
                .append(
                        new Append(
                                queue.home().partition(),
                                Buffer.unpooled(batch.build().whole()),
                                Append.ANYWHERE,
                                false,
                                delayed,
                                once,
                                true),
                        reply);
    }

    private Result.Sent sent(MessageRecord record, UUID id, Optional<String> sequenceNumber) {
        var message = record.message();
        return new Result.Sent(
                id.toString(),
                Md5.of(message.body()),
                Md5.of(message.attributes()),
                Md5.of(message.systemAttributes()),
                sequenceNumber);
    }

    /// Appends that are decided in their order and answered in any.
    private final class OneByOne {
        private final List<BatchEntry<MessageRecord>> entries;
        private final Consumer<Result.SentBatch> then;
        private final Result.Sent[] sent;
        private final SqsError[] refused;
        private final AtomicInteger open;

        OneByOne(List<BatchEntry<MessageRecord>> entries, Consumer<Result.SentBatch> then) {
            this.entries = entries;
            this.then = then;
            this.sent = new Result.Sent[entries.size()];
            this.refused = new SqsError[entries.size()];
            this.open = new AtomicInteger(entries.size());
        }

        void send() {
            for (int i = 0; i < entries.size(); i++) {
                send(i);
            }
        }

        private void send(int index) {
            var record = entries.get(index).value();
            var batch = new BatchBuilder(Compression.NONE, 0, nowMillis);
            record.addTo(batch, nowMillis);
            append(
                    batch,
                    record.notBeforeMillis() > 0,
                    record.once().orElse(null),
                    new Reply<>() {
                        @Override
                        public void done(Appended appended) {
                            sent[index] =
                                    sent(
                                            record,
                                            appended.first().orElse(record.id()),
                                            Optional.of(
                                                    ReceivedRecord.sequenceNumber(
                                                            appended.baseOffset())));
                            answered();
                        }

                        @Override
                        public void refused(BrokerError error) {
                            refused[index] = Refusals.of(error);
                            answered();
                        }
                    });
        }

        private void answered() {
            if (open.decrementAndGet() > 0) {
                return;
            }
            var successful = new ArrayList<BatchEntry<Result.Sent>>();
            for (int i = 0; i < entries.size(); i++) {
                if (sent[i] != null) {
                    successful.add(new BatchEntry<>(entries.get(i).id(), sent[i]));
                } else {
                    failed.add(new BatchFailure(entries.get(i).id(), refused[i]));
                }
            }
            then.accept(new Result.SentBatch(successful, failed));
        }
    }
}
