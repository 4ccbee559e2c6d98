package io.sluice.broker;

import io.sluice.base.Buffer;
import io.sluice.broker.BrokerError.InvalidRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One record batch (Kafka's format v2, magic 2) for one partition.
///
/// The dialect has checked the batch as its protocol demands (checksum, structure, time stamps, keys). The engine checks size
/// and producer sequence, writes base offset and leader epoch into the batch in place (both lie outside of its
/// checksum), and owns `batch` from the call on.
///
/// @param expectedOffset the base offset that the batch must get, or else it is refused with
///     [BrokerError.OffsetOutOfRange]; [#ANYWHERE] takes what is next. A state machine that writes its own journal into a
///     partition ahead of the replies says it, so that nothing is written behind a batch that was refused.
/// @param lax the producer does without its being forced, whatever the topic says (AMQP's transient messages)
/// @param delayed some of its records have a [io.sluice.broker.message.Envelope#notBeforeMillis]
/// @param once null: whatever was before
/// @param apart its records come from several publishes: where a topic's schema does not let some of them through, the others are taken, and
///     [Appended#refused] says which were not
public record Append(
        PartitionId partition,
        Buffer batch,
        long expectedOffset,
        boolean lax,
        boolean delayed,
        @Nullable Once once,
        boolean apart) {
    /// Whatever offset is next.
    public static final long ANYWHERE = -1;

    public Append(PartitionId partition, Buffer batch) {
        this(partition, batch, ANYWHERE, false, false, null);
    }

    public Append(
            PartitionId partition,
            Buffer batch,
            long expectedOffset,
            boolean lax,
            boolean delayed,
            @Nullable Once once) {
        this(partition, batch, expectedOffset, lax, delayed, once, false);
    }

    public Append(
            PartitionId partition,
            Buffer batch,
            long expectedOffset,
            boolean lax,
            boolean delayed) {
        this(partition, batch, expectedOffset, lax, delayed, null);
    }

    public Append(PartitionId partition, Buffer batch, long expectedOffset) {
        this(partition, batch, expectedOffset, false, false, null);
    }

    /// Where the batch went.
    ///
    /// @param baseOffset offset of its first record
    /// @param startOffset where the partition starts now
    /// @param duplicate true when an idempotent producer sent it again, or it was to be there only [#once]: `baseOffset` is that of the first time
    /// @param first what the first one was called, for [#once]
    /// @param refused records that were not taken while others were, in the order of their places, for [#apart]
    public record Appended(
            long baseOffset,
            long startOffset,
            boolean duplicate,
            Optional<UUID> first,
            List<InvalidRecord> refused) {
        public Appended {
            refused = List.copyOf(refused);
        }

        public Appended(
                long baseOffset, long startOffset, boolean duplicate, Optional<UUID> first) {
            this(baseOffset, startOffset, duplicate, first, List.of());
        }

        public Appended(long baseOffset, long startOffset, boolean duplicate) {
            this(baseOffset, startOffset, duplicate, Optional.empty());
        }

        /// The same, but for records that were not taken.
        public Appended without(List<InvalidRecord> some) {
            return new Appended(baseOffset, startOffset, duplicate, first, some);
        }
    }
}
