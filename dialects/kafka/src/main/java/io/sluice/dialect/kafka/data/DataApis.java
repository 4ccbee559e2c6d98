package io.sluice.dialect.kafka.data;

import io.sluice.dialect.kafka.Api;
import io.sluice.dialect.kafka.KafkaServices;
import io.sluice.dialect.kafka.config.TopicConfigs;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;

/// This package's lines of the routing table.
public final class DataApis {
    private DataApis() {}

    /// @param topics what topics' settings mean
    public static List<Api> all(KafkaServices services, TopicConfigs topics) {
        var broker = services.broker();
        var gate = new BatchGate(services.clock());
        return List.of(
                // Produce 0 to 2 are only told: librdkafka before 2.0 looks for them, and then uses
                // newer ones.
                Api.of(ApiKeys.PRODUCE, 0, 13, new ProduceHandler(broker, topics, gate)),
                Api.of(ApiKeys.FETCH, 4, 18, new FetchHandler(broker)),
                Api.of(ApiKeys.LIST_OFFSETS, 1, 11, new ListOffsetsHandler(broker)),
                Api.of(ApiKeys.METADATA, 0, 13, new MetadataHandler(broker, services.settings())),
                Api.of(ApiKeys.INIT_PRODUCER_ID, 0, 5, new InitProducerIdHandler(broker)),
                Api.of(
                        ApiKeys.OFFSET_FOR_LEADER_EPOCH,
                        2,
                        4,
                        new OffsetForLeaderEpochHandler(broker)),
                Api.of(ApiKeys.DESCRIBE_PRODUCERS, 0, 0, new DescribeProducersHandler(broker)));
    }
}
