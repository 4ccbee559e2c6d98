package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks a partition for an offset.
record OffsetOperation(PartitionId partition, OffsetQuery query, Reply<OffsetQuery.Answer> reply)
        implements Command {
    private static final Logger log = LoggerFactory.getLogger(OffsetOperation.class);

    @Override
    public void run(Shard shard) {
        var hosted = shard.partition(partition);
        if (hosted == null) {
            refuse(shard.missing(partition));
            return;
        }
        OffsetQuery.Answer answer;
        try {
            answer = hosted.partition().offset(query);
        } catch (IOException e) {
            log.error("partition {} cannot be searched: {}", partition, e.getMessage());
            refuse(new BrokerError.StorageFailed(String.valueOf(e.getMessage())));
            return;
        }
        reply.done(answer);
    }

    @Override
    public void refuse(BrokerError error) {
        reply.refused(error);
    }
}
