package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.record.Sequence;
import io.sluice.engine.queue.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a target's answer means for the dead letters that it was sent.
enum TargetAnswer {
    /// It has them, or will never take them.
    DONE,
    /// The same again, after a while.
    AGAIN,
    /// It has lost count, as it does when it takes something without forcing it and crashes, or when a part was too large for it: what it was
    /// sent is not there, and it takes nothing more from this producer.
    OUT_OF_STEP;

    private static final Logger log = LoggerFactory.getLogger(TargetAnswer.class);

    static TargetAnswer of(BrokerError error, HostedQueue queue, Outbox.Target target) {
        return switch (error) {
            case BrokerError.UnknownTopic _,
                    BrokerError.UnknownPartition _,
                    BrokerError.UnknownQueue _,
                    BrokerError.UnknownExchange _ ->
                    DONE;
            case BrokerError.TooLarge _ -> {
                log.warn(
                        "{} dead letters of {} are lost: {}",
                        target.members().size(),
                        queue.part(),
                        error.message());
                yield DONE;
            }
            // A number that it is past was taken, longer ago than it remembers batches.
            case BrokerError.OutOfOrderSequence(long _, int expected, int received) ->
                    Sequence.isBefore(received, expected) ? DONE : OUT_OF_STEP;
            case BrokerError.TopicExists _,
                    BrokerError.QueueExists _,
                    BrokerError.ExchangeExists _,
                    BrokerError.Invalid _,
                    BrokerError.InvalidPartitionCount _,
                    BrokerError.OffsetOutOfRange _,
                    BrokerError.Corrupt _,
                    BrokerError.UnknownProducer _,
                    BrokerError.StaleProducerEpoch _,
                    BrokerError.StorageFull _,
                    BrokerError.StorageFailed _,
                    BrokerError.Overloaded _,
                    BrokerError.Unavailable _,
                    BrokerError.InUse _,
                    BrokerError.NotEmpty _,
                    BrokerError.InvalidRecords _,
                    BrokerError.QueueFull _ ->
                    AGAIN;
        };
    }
}
