package io.sluice.dialect.kafka.data;

import io.sluice.broker.PartitionId;
import io.sluice.dialect.kafka.TopicIds;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.jspecify.annotations.Nullable;

/// One partition that a client reads: what it asked for, and in a fetch session also what it was last told.
/// Owned by its connection's loop.
final class Interest {
    private static final long NEVER_TOLD = -1;

    private final Key key;

    /// Where a topic was asked for by id, which does not change what it means.
    private final @Nullable PartitionId byId;

    private long offset;
    private int bytesMax;
    private int leaderEpoch;
    private long toldHighWatermark = NEVER_TOLD;
    private long toldStart = NEVER_TOLD;

    /// Which partition, in the words of the request.
    ///
    /// @param topic empty where the topic was asked for by id
    /// @param topicId zero where it was asked for by name
    record Key(String topic, Uuid topicId, int partition) {}

    Interest(FetchTopic topic, FetchPartition partition, boolean byId) {
        key = new Key(byId ? "" : topic.topic(), topic.topicId(), partition.partition());
        this.byId =
                byId && partition.partition() >= 0
                        ? new PartitionId(TopicIds.java(topic.topicId()), partition.partition())
                        : null;
        ask(partition);
    }

    void ask(FetchPartition partition) {
        offset = partition.fetchOffset();
        bytesMax = partition.partitionMaxBytes();
        leaderEpoch = partition.currentLeaderEpoch();
    }

    Key key() {
        return key;
    }

    @Nullable PartitionId byId() {
        return byId;
    }

    long offset() {
        return offset;
    }

    int bytesMax() {
        return bytesMax;
    }

    int leaderEpoch() {
        return leaderEpoch;
    }

    /// Notes what the client is about to be told.
    ///
    /// @return whether there is anything in it that it does not know
    boolean tell(PartitionData answer) {
        var news =
                answer.errorCode() != 0
                        || answer.records().sizeInBytes() > 0
                        || answer.highWatermark() != toldHighWatermark
                        || answer.logStartOffset() != toldStart;
        // After an error everything is told again.
        toldHighWatermark = answer.errorCode() == 0 ? answer.highWatermark() : NEVER_TOLD;
        toldStart = answer.logStartOffset();
        return news;
    }
}
