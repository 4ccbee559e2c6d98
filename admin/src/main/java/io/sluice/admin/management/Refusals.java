package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.broker.BrokerError;

/// The broker's refusals in the words of this API.
final class Refusals {
    private Refusals() {}

    static Answer answer(BrokerError error) {
        return switch (error) {
            case BrokerError.UnknownTopic _,
                    BrokerError.UnknownPartition _,
                    BrokerError.UnknownQueue _,
                    BrokerError.UnknownExchange _ ->
                    Answer.notFound(error.message());
            case BrokerError.TopicExists _,
                    BrokerError.QueueExists _,
                    BrokerError.ExchangeExists _,
                    BrokerError.Invalid _,
                    BrokerError.InvalidPartitionCount _,
                    BrokerError.OffsetOutOfRange _,
                    BrokerError.TooLarge _,
                    BrokerError.InvalidRecords _,
                    BrokerError.Corrupt _,
                    BrokerError.OutOfOrderSequence _,
                    BrokerError.UnknownProducer _,
                    BrokerError.StaleProducerEpoch _,
                    BrokerError.InUse _,
                    BrokerError.NotEmpty _,
                    BrokerError.QueueFull _ ->
                    Answer.badRequest(error.message());
            case BrokerError.StorageFull _,
                    BrokerError.StorageFailed _,
                    BrokerError.Overloaded _,
                    BrokerError.Unavailable _ ->
                    Answer.unavailable(error.message());
        };
    }
}
