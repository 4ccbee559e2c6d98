package io.sluice.dialect.kafka.group;

import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.KafkaErrors;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.coordinator.common.runtime.PartitionWriter;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.VerificationGuard;

/// How the coordinator writes: by partition, to [OffsetsPartition].
final class OffsetsWriter implements PartitionWriter {
    private final Broker broker;
    private final List<OffsetsPartition> partitions;
    private final LogConfig config;

    OffsetsWriter(Broker broker, Topic topic, List<OffsetsPartition> partitions) {
        this.broker = broker;
        this.partitions = partitions;
        this.config = new LogConfig(topic.config());
    }

    @Override
    public void registerListener(TopicPartition tp, Listener listener) {
        partitions.get(tp.partition()).listen(listener);
    }

    @Override
    public void deregisterListener(TopicPartition tp, Listener listener) {
        partitions.get(tp.partition()).unlisten(listener);
    }

    @Override
    public LogConfig config(TopicPartition tp) {
        return config;
    }

    @Override
    public long append(
            TopicPartition tp,
            VerificationGuard verificationGuard,
            MemoryRecords records,
            short transactionVersion) {
        return partitions.get(tp.partition()).append(records);
    }

    /// Nothing to verify: whoever writes in a transaction is checked where transactions are kept.
    @Override
    public CompletableFuture<VerificationGuard> maybeStartTransactionVerification(
            TopicPartition tp,
            String transactionalId,
            long producerId,
            short producerEpoch,
            int apiVersion) {
        return CompletableFuture.completedFuture(VerificationGuard.SENTINEL);
    }

    @Override
    public CompletableFuture<Void> deleteRecords(TopicPartition tp, long deleteBeforeOffset) {
        var newStart = new CompletableFuture<Long>();
        broker.deleteRecords(
                partitions.get(tp.partition()).id(),
                deleteBeforeOffset,
                new Reply<>() {
                    @Override
                    public void done(Long startOffset) {
                        newStart.complete(startOffset);
                    }

                    @Override
                    public void refused(BrokerError error) {
                        newStart.completeExceptionally(KafkaErrors.exception(error));
                    }
                });
        return newStart.thenAccept(_ -> {});
    }
}
