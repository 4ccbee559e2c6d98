package io.sluice.dialect.amqp.session;

import io.sluice.broker.BrokerError;
import org.jspecify.annotations.Nullable;

/// The broker's refusals in AMQP's words.
final class BrokerFaults {
    private BrokerFaults() {}

    /// @param subject what was asked about, as texts name it
    static Fault of(BrokerError error, String subject) {
        return switch (error) {
            case BrokerError.UnknownTopic _,
                    BrokerError.UnknownPartition _,
                    BrokerError.UnknownQueue _,
                    BrokerError.UnknownExchange _ ->
                    Fault.notFound("no " + subject);
            case BrokerError.InUse _ -> Fault.preconditionFailed(subject + " in use");
            case BrokerError.NotEmpty _ -> Fault.preconditionFailed(subject + " not empty");
            case BrokerError.TopicExists _,
                    BrokerError.QueueExists _,
                    BrokerError.ExchangeExists _,
                    BrokerError.Invalid _,
                    BrokerError.InvalidPartitionCount _,
                    BrokerError.OffsetOutOfRange _,
                    BrokerError.TooLarge _,
                    BrokerError.InvalidRecords _,
                    BrokerError.QueueFull _ ->
                    Fault.preconditionFailed(error.message());
            case BrokerError.Corrupt _,
                    BrokerError.OutOfOrderSequence _,
                    BrokerError.UnknownProducer _,
                    BrokerError.StaleProducerEpoch _,
                    BrokerError.StorageFull _,
                    BrokerError.StorageFailed _,
                    BrokerError.Overloaded _,
                    BrokerError.Unavailable _ ->
                    Fault.internalError(error.message());
        };
    }

    /// Whether a publish that was answered so has failed. When its queue was deleted meanwhile it has not: nobody misses it.
    static boolean isFailed(@Nullable BrokerError error) {
        return switch (error) {
            case null -> false;
            case BrokerError.UnknownTopic _,
                    BrokerError.UnknownPartition _,
                    BrokerError.UnknownQueue _,
                    BrokerError.UnknownExchange _ ->
                    false;
            case BrokerError.InUse _,
                    BrokerError.NotEmpty _,
                    BrokerError.TopicExists _,
                    BrokerError.QueueExists _,
                    BrokerError.ExchangeExists _,
                    BrokerError.Invalid _,
                    BrokerError.InvalidPartitionCount _,
                    BrokerError.OffsetOutOfRange _,
                    BrokerError.TooLarge _,
                    BrokerError.InvalidRecords _,
                    BrokerError.QueueFull _,
                    BrokerError.Corrupt _,
                    BrokerError.OutOfOrderSequence _,
                    BrokerError.UnknownProducer _,
                    BrokerError.StaleProducerEpoch _,
                    BrokerError.StorageFull _,
                    BrokerError.StorageFailed _,
                    BrokerError.Overloaded _,
                    BrokerError.Unavailable _ ->
                    true;
        };
    }
}
