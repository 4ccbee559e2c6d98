package io.sluice.dialect.kafka;

import io.sluice.broker.BrokerError;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.protocol.Errors;

/// The broker's refusals in Kafka's words. The only place that translates them.
public final class KafkaErrors {
    private KafkaErrors() {}

    /// The code that makes Kafka's clients do the right thing: retry what may pass, fail what will not.
    public static Errors of(BrokerError error) {
        return switch (error) {
            case BrokerError.UnknownTopic _, BrokerError.UnknownPartition _ ->
                    Errors.UNKNOWN_TOPIC_OR_PARTITION;
            case BrokerError.TopicExists _ -> Errors.TOPIC_ALREADY_EXISTS;
            case BrokerError.UnknownQueue _, BrokerError.UnknownExchange _ ->
                    Errors.RESOURCE_NOT_FOUND;
            case BrokerError.QueueExists _, BrokerError.ExchangeExists _ ->
                    Errors.DUPLICATE_RESOURCE;
            case BrokerError.Invalid _, BrokerError.InUse _, BrokerError.NotEmpty _ ->
                    Errors.INVALID_REQUEST;
            // A queue on the topic is at its limit: for a producer that is a policy, not a fault.
            case BrokerError.QueueFull _ -> Errors.POLICY_VIOLATION;
            case BrokerError.InvalidRecords _ -> Errors.INVALID_RECORD;
            case BrokerError.InvalidPartitionCount _ -> Errors.INVALID_PARTITIONS;
            case BrokerError.OffsetOutOfRange _ -> Errors.OFFSET_OUT_OF_RANGE;
            case BrokerError.TooLarge _ -> Errors.MESSAGE_TOO_LARGE;
            case BrokerError.Corrupt _ -> Errors.CORRUPT_MESSAGE;
            case BrokerError.OutOfOrderSequence _ -> Errors.OUT_OF_ORDER_SEQUENCE_NUMBER;
            case BrokerError.UnknownProducer _ -> Errors.UNKNOWN_PRODUCER_ID;
            case BrokerError.StaleProducerEpoch _ -> Errors.INVALID_PRODUCER_EPOCH;
            case BrokerError.StorageFull _, BrokerError.StorageFailed _ ->
                    Errors.KAFKA_STORAGE_ERROR;
            // Retried by every client after a back-off, without asking for metadata in a hurry.
            case BrokerError.Overloaded _ -> Errors.REQUEST_TIMED_OUT;
            case BrokerError.Unavailable _ -> Errors.NOT_LEADER_OR_FOLLOWER;
        };
    }

    /// The same as an exception that carries the broker's sentence, for what takes one.
    public static ApiException exception(BrokerError error) {
        return of(error).exception(error.message());
    }
}
