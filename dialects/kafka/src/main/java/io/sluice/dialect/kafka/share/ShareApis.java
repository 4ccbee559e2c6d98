package io.sluice.dialect.kafka.share;

import io.sluice.dialect.kafka.Api;
import io.sluice.dialect.kafka.KafkaServices;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;

/// This package's lines of the routing table.
public final class ShareApis {
    private ShareApis() {}

    public static List<Api> all(KafkaServices services) {
        var broker = services.broker();
        var queues = new ShareQueues(broker, services.clock());
        return List.of(
                Api.of(ApiKeys.SHARE_FETCH, 1, 2, new ShareFetchHandler(broker, queues)),
                Api.of(ApiKeys.SHARE_ACKNOWLEDGE, 1, 2, new ShareAcknowledgeHandler(broker)));
    }
}
