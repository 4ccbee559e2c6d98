package io.sluice.dialect.sqs.operation;

import io.sluice.broker.BrokerError;
import io.sluice.dialect.sqs.protocol.SqsError;

/// The broker's refusals in SQS's words.
final class Refusals {
    private Refusals() {}

    /// What the message at one place of a batch was refused for.
    static SqsError of(BrokerError error, int place) {
        if (error instanceof BrokerError.InvalidRecords(String _, var records)) {
            for (var record : records) {
                if (record.index() == place) {
                    return invalid(record);
                }
            }
        }
        return of(error);
    }

    static SqsError invalid(BrokerError.InvalidRecord record) {
        return of(BrokerError.InvalidRecords.alone(record.message()));
    }

    static SqsError of(BrokerError error) {
        return switch (error) {
            case BrokerError.UnknownQueue _,
                    BrokerError.UnknownTopic _,
                    BrokerError.UnknownPartition _ ->
                    SqsError.queueDoesNotExist();
            case BrokerError.TooLarge(long _, long max) -> SqsError.messageTooLong(max);
            case BrokerError.QueueFull _ -> SqsError.tooManyInFlight();
            case BrokerError.InvalidRecords(String message, var _) ->
                    SqsError.invalidContents(message);
            case BrokerError.Invalid(String message) -> SqsError.invalid(message);
            case BrokerError.InUse(String message) -> SqsError.unsupported(message);
            case BrokerError.NotEmpty(String message) -> SqsError.unsupported(message);
            case BrokerError.Overloaded _,
                    BrokerError.Unavailable _,
                    BrokerError.StorageFull _,
                    BrokerError.StorageFailed _ ->
                    SqsError.unavailable();
            case BrokerError.TopicExists _,
                    BrokerError.QueueExists _,
                    BrokerError.InvalidPartitionCount _,
                    BrokerError.OffsetOutOfRange _,
                    BrokerError.Corrupt _,
                    BrokerError.OutOfOrderSequence _,
                    BrokerError.UnknownProducer _,
                    BrokerError.StaleProducerEpoch _,
                    BrokerError.UnknownExchange _,
                    BrokerError.ExchangeExists _ ->
                    SqsError.internal();
        };
    }
}
