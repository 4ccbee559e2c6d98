package io.sluice.broker;

import java.util.List;
import java.util.UUID;

/// Why a command was refused. The set is closed: every dialect translates each case into its protocol's own words, in a
/// switch without a default branch.
public sealed interface BrokerError {
    /// What is wrong, in one sentence that a client's user can act on.
    String message();

    /// No topic of that name.
    record UnknownTopic(String name) implements BrokerError {
        @Override
        public String message() {
            return "topic '" + name + "' does not exist";
        }
    }

    /// No topic of that id, or no such partition in it.
    record UnknownPartition(UUID topic, int index) implements BrokerError {
        @Override
        public String message() {
            return "partition " + index + " of topic id " + topic + " does not exist";
        }
    }

    /// A topic of that name exists already.
    record TopicExists(String name) implements BrokerError {
        @Override
        public String message() {
            return "topic '" + name + "' already exists";
        }
    }

    /// A name, number or setting outside what is allowed; `message` says which and why.
    record Invalid(String message) implements BrokerError {}

    /// A partition count that is not larger than the present one, or beyond the limit.
    record InvalidPartitionCount(String message) implements BrokerError {}

    /// An offset outside `[start, end]`, or not the end where an append expected it.
    record OffsetOutOfRange(long offset, long start, long end) implements BrokerError {
        @Override
        public String message() {
            return "offset "
                    + offset
                    + " does not fit the log, which holds "
                    + start
                    + " to "
                    + end;
        }
    }

    /// A batch larger than the topic's `max.message.bytes`.
    record TooLarge(long bytes, long max) implements BrokerError {
        @Override
        public String message() {
            return "a batch of "
                    + bytes
                    + " bytes is larger than the topic's max.message.bytes of "
                    + max;
        }
    }

    /// A batch that its checksum or its structure shows to be damaged.
    record Corrupt(String message) implements BrokerError {}

    /// A producer's sequence number that leaves a gap or returns to before what is remembered.
    record OutOfOrderSequence(long producerId, int expected, int received) implements BrokerError {
        @Override
        public String message() {
            return "producer "
                    + producerId
                    + " sent sequence "
                    + received
                    + ", expected "
                    + expected;
        }
    }

    /// A producer that is known here no longer (or never was) and did not start at sequence 0.
    record UnknownProducer(long producerId) implements BrokerError {
        @Override
        public String message() {
            return "producer " + producerId + " is not known to this partition";
        }
    }

    /// A producer with a smaller epoch than the newest one seen.
    record StaleProducerEpoch(long producerId, short current, short received)
            implements BrokerError {
        @Override
        public String message() {
            return "producer "
                    + producerId
                    + " came with epoch "
                    + received
                    + ", the current one is "
                    + current;
        }
    }

    /// No room on the disk, or too little left to go on safely. Reads go on; writes are taken again once there is room.
    record StorageFull(String message) implements BrokerError {}

    /// The disk failed or stored bytes turned out damaged; `message` says where.
    record StorageFailed(String message) implements BrokerError {}

    /// More work is waiting than the process takes on; try again.
    record Overloaded(String message) implements BrokerError {}

    /// The broker is stopping, or not yet ready.
    record Unavailable(String message) implements BrokerError {}

    /// No queue of that name, or it was deleted.
    record UnknownQueue(String name) implements BrokerError {
        @Override
        public String message() {
            return "queue '" + name + "' does not exist";
        }
    }

    /// A queue of that name exists already.
    record QueueExists(String name) implements BrokerError {
        @Override
        public String message() {
            return "queue '" + name + "' already exists";
        }
    }

    /// No exchange of that name.
    record UnknownExchange(String name) implements BrokerError {
        @Override
        public String message() {
            return "exchange '" + name + "' does not exist";
        }
    }

    /// An exchange of that name exists already.
    record ExchangeExists(String name) implements BrokerError {
        @Override
        public String message() {
            return "exchange '" + name + "' already exists";
        }
    }

    /// It has consumers or bindings, or one that wants it for itself.
    record InUse(String message) implements BrokerError {}

    /// It holds messages.
    record NotEmpty(String message) implements BrokerError {}

    /// Records that are not what their topic's schema demands; nothing of the batch was taken.
    ///
    /// @param records which, by their place in the batch, and why each
    record InvalidRecords(String message, List<InvalidRecord> records) implements BrokerError {
        public InvalidRecords {
            records = List.copyOf(records);
        }

        /// For one message that came alone, or is told of alone.
        public static InvalidRecords alone(String why) {
            return new InvalidRecords(
                    "the message is not what its topic's schema demands: " + why,
                    List.of(new InvalidRecord(0, why)));
        }
    }

    /// One of [InvalidRecords].
    record InvalidRecord(int index, String message) {}

    /// The queue is at its limit and refuses new messages.
    record QueueFull(String message) implements BrokerError {}
}
