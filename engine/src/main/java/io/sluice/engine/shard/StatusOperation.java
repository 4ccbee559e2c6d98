package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.broker.PartitionStatus;
import io.sluice.broker.Reply;

/// Asks what a partition holds.
record StatusOperation(PartitionId partition, Reply<PartitionStatus> reply) implements Command {
    @Override
    public void run(Shard shard) {
        var hosted = shard.partition(partition);
        if (hosted == null) {
            refuse(shard.missing(partition));
        } else {
            reply.done(hosted.partition().status());
        }
    }

    @Override
    public void refuse(BrokerError error) {
        reply.refused(error);
    }
}
